package io.diskvault.engine;

/// Says that a datastore was to be created where there already is something.
public final class DatastoreExistsException extends DatastoreException {

    public DatastoreExistsException(String message) {
        super(message);
    }
}
