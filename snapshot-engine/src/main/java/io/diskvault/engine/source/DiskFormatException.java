package io.diskvault.engine.source;

import java.io.IOException;

/// A disk and a format do not go together: a file is not what its format says, or the format cannot hold the disk.
/// Trying again does not help. The message says what is wrong and where.
public final class DiskFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFormatException(String message) {
        super(message);
    }
}
