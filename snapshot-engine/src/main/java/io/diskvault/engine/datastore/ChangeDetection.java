package io.diskvault.engine.datastore;

/// How a backup found out what had changed. The codes are stored.
public enum ChangeDetection {
    /// All data of the disk was read and compared.
    FULL_READ(1);

    private final int code;

    ChangeDetection(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
