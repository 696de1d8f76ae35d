package io.diskvault.engine;

/// Says that a restore would replace something that already exists.
public final class RestoreTargetExistsException extends DatastoreException {

    public RestoreTargetExistsException(String message) {
        super(message);
    }

    public RestoreTargetExistsException(String message, Throwable cause) {
        super(message, cause);
    }
}
