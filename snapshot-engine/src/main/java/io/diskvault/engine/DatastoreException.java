package io.diskvault.engine;

/// Says that a datastore cannot do what was asked, for a reason that lies in the datastore, its key or the request.
///
/// It is no `IOException`: those mean that the operating system refused, and trying again may help. Every message
/// names the thing, what was expected of it, and what to do.
public abstract sealed class DatastoreException extends Exception
        permits CorruptDatastoreException,
                DatastoreExistsException,
                FormatTooNewException,
                FormatTooOldException,
                KeyNotRemovedException,
                NotADatastoreException,
                OverlayUnusableException,
                PointNotFoundException,
                RestoreTargetExistsException,
                WrongKeyException {

    private final String message;

    DatastoreException(String message) {
        super(message);
        this.message = message;
    }

    DatastoreException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
