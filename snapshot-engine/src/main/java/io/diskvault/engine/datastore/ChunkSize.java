package io.diskvault.engine.datastore;

import java.util.Locale;

/// How large the blocks are that disks are cut into. Belongs to a datastore for ever.
///
/// Small blocks store less when few bytes change; large ones cost less index and manifest.
///
/// @param bytes a power of two from 64 KiB to 4 MiB
public record ChunkSize(int bytes) {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int BYTES_MIN = 64 * KIB;
    private static final int BYTES_MAX = 4 * MIB;

    public static final ChunkSize DEFAULT = new ChunkSize(BYTES_MIN);

    public ChunkSize {
        if (bytes < BYTES_MIN || bytes > BYTES_MAX || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    "The chunk size must be 64K, 128K, 256K, 512K, 1M, 2M or 4M, not " + bytes + " bytes.");
        }
    }

    /// Reads a size as people write it: `64K`, `1M`, or a number of bytes.
    public static ChunkSize parse(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        int unit = upper.endsWith("K") ? KIB : upper.endsWith("M") ? MIB : 1;
        String digits = unit == 1 ? upper : upper.substring(0, upper.length() - 1);
        try {
            return new ChunkSize(Math.multiplyExact(Integer.parseInt(digits), unit));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no chunk size. Write for example 64K, 256K or 1M.", e);
        }
    }

    @Override
    public String toString() {
        return bytes < MIB ? bytes / KIB + "K" : bytes / MIB + "M";
    }
}
