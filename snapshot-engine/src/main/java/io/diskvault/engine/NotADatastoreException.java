package io.diskvault.engine;

/// Says that a directory holds no datastore.
public final class NotADatastoreException extends DatastoreException {

    public NotADatastoreException(String message) {
        super(message);
    }
}
