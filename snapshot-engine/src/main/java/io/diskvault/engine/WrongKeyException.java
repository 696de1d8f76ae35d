package io.diskvault.engine;

/// Says that a datastore was made with another key than the one it was opened with.
public final class WrongKeyException extends DatastoreException {

    public WrongKeyException(String message) {
        super(message);
    }
}
