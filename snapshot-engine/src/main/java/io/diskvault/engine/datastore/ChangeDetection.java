package io.diskvault.engine.datastore;

/// How it was found out what had changed since the parent. The codes are stored.
public enum ChangeDetection {
    /// All data of the disk was read and compared.
    FULL_READ(1),
    /// Only what was written to an export of the parent was read; everything else was taken over from the parent.
    OVERLAY(2);

    private final int code;

    ChangeDetection(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
