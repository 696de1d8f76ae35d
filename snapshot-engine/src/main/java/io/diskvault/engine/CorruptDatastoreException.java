package io.diskvault.engine;

/// Says that something in a datastore is damaged, missing or in the wrong place. The message names it.
public sealed class CorruptDatastoreException extends DatastoreException permits MissingPackException {

    private final boolean misplaced;

    public CorruptDatastoreException(String message) {
        super(message);
        this.misplaced = false;
    }

    public CorruptDatastoreException(String message, Throwable cause) {
        super(message, cause);
        this.misplaced = cause instanceof CorruptDatastoreException known && known.misplaced;
    }

    private CorruptDatastoreException(String message, boolean misplaced) {
        super(message);
        this.misplaced = misplaced;
    }

    /// Says that something is whole, but belongs somewhere else.
    public static CorruptDatastoreException misplaced(String message) {
        return new CorruptDatastoreException(message, true);
    }

    /// Whether the thing is whole and belongs somewhere else.
    public boolean isMisplaced() {
        return misplaced;
    }

    /// The same finding with what it means for the one who asked, for example which part of which recovery point.
    public CorruptDatastoreException within(String affected) {
        return new CorruptDatastoreException(affected + ": " + getMessage(), this);
    }

    /// The same finding with the advice to find out what else is damaged.
    ///
    /// @param datastore where the datastore lies
    public CorruptDatastoreException toBeVerified(String datastore) {
        return new CorruptDatastoreException(
                getMessage() + " To see what else is damaged, run: diskvault datastore verify " + datastore, this);
    }
}
