package io.diskvault.engine.lease;

/// What a lease is for. The codes are stored.
public enum Purpose {
    BACKUP(1, true),
    RESTORE(2, false),
    VERIFY(3, false),
    COLLECT(4, true),
    REBUILD(5, true);

    private final int code;
    private final boolean reliesOnPlaces;

    Purpose(int code, boolean reliesOnPlaces) {
        this.code = code;
        this.reliesOnPlaces = reliesOnPlaces;
    }

    int code() {
        return code;
    }

    /// Whether its owner makes something that counts on chunks staying where they are, so that nothing may be deleted
    /// of which its owner does not know that it is condemned. Others look again when a chunk has moved.
    public boolean reliesOnPlaces() {
        return reliesOnPlaces;
    }
}
