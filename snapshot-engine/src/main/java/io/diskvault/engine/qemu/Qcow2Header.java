package io.diskvault.engine.qemu;

import io.diskvault.engine.source.DiskFormatException;
import java.nio.ByteBuffer;

/// What a qcow2 image says of itself, as QEMU's `docs/interop/qcow2.txt` lays it out, as far as it can lead to other
/// files.
final class Qcow2Header {

    private static final int MAGIC = 0x514649fb; // QFI\xfb
    private static final int BYTES_OF_VERSION_2 = 72;
    private static final int BYTES_OF_VERSION_3 = 104;
    private static final int BACKING_FILE_AT = 8;
    private static final int ENCRYPTION_AT = 32;
    private static final int INCOMPATIBLE_FEATURES_AT = 72;
    private static final long EXTERNAL_DATA_FILE = 1 << 2;

    /// Dirty, corrupt, the kind of compression, and extended L2 entries. None of them leads to other files.
    private static final long HARMLESS = 1 | 1 << 1 | 1 << 3 | 1 << 4;

    private Qcow2Header() {}

    static void check(ByteBuffer head, String name) throws DiskFormatException {
        QemuFormat.QCOW2.requireBeginning(head.remaining() >= BYTES_OF_VERSION_2 && head.getInt(0) == MAGIC, name);
        int version = head.getInt(Integer.BYTES);
        if (version != 2 && version != 3) {
            throw new DiskFormatException(
                    "%s is a qcow image of version %d; 2 and 3 can be read.".formatted(name, version));
        }
        if (head.getLong(BACKING_FILE_AT) != 0) {
            throw QemuFormat.otherFiles(name, "has a backing file");
        }
        if (head.getInt(ENCRYPTION_AT) != 0) {
            throw new DiskFormatException("%s is encrypted, and cannot be read.".formatted(name));
        }
        if (version == 3) {
            checkFeatures(head, name);
        }
    }

    private static void checkFeatures(ByteBuffer head, String name) throws DiskFormatException {
        QemuFormat.QCOW2.requireBeginning(head.remaining() >= BYTES_OF_VERSION_3, name);
        long features = head.getLong(INCOMPATIBLE_FEATURES_AT);
        if ((features & EXTERNAL_DATA_FILE) != 0) {
            throw QemuFormat.otherFiles(name, "has an external data file");
        }
        if ((features & ~HARMLESS) != 0) {
            throw new DiskFormatException(
                    "%s has features that this version does not know (0x%x), so it was not opened."
                            .formatted(name, features & ~HARMLESS));
        }
    }
}
