package io.diskvault.engine.vhd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// The footer of a fixed VHD, as Microsoft's "Virtual Hard Disk Image Format Specification" lays it out. The same
/// values give the same bytes, so that parts of one file can be made at different times.
///
/// @param diskBytes the size of the disk in the file, in whole MiB: the format asks for sectors only, but Azure refuses
///     anything else. A smaller disk is followed by zeros
/// @param madeAt the time that the content is of
/// @param id tells disks apart
public record VhdFooter(long diskBytes, Instant madeAt, UUID id) {
    /// How long a footer is.
    public static final int BYTES = 512;

    private static final int MIB = 1 << 20;
    private static final int CHECKSUM_AT = 64;
    private static final int RESERVED_FEATURE = 2;
    private static final int FORMAT_VERSION = 0x0001_0000;
    private static final int CREATOR_VERSION = 0x0001_0000;
    private static final long NO_OTHER_HEADER = -1;
    private static final int FIXED = 2;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    public VhdFooter {
        if (diskBytes < 0 || diskBytes % MIB != 0) {
            throw new IllegalArgumentException("A VHD has whole MiB, not %d bytes.".formatted(diskBytes));
        }
    }

    /// How large a disk becomes in a VHD.
    public static long paddedBytes(long diskBytes) {
        return Math.ceilDiv(diskBytes, (long) MIB) * MIB;
    }

    /// The footer as it stands in the file.
    public ByteBuffer encode() {
        ByteBuffer footer = ByteBuffer.allocate(BYTES);
        footer.put("conectix".getBytes(US_ASCII))
                .putInt(RESERVED_FEATURE)
                .putInt(FORMAT_VERSION)
                .putLong(NO_OTHER_HEADER)
                .putInt((int) Math.max(0, Duration.between(EPOCH, madeAt).toSeconds()));
        // Readers go by who made it: what they do not know they take for Virtual PC's, and then they believe the
        // geometry, which says less than the size. What Hyper-V makes has the size that the footer says.
        footer.put("win ".getBytes(US_ASCII)).putInt(CREATOR_VERSION).put("Wi2k".getBytes(US_ASCII));
        footer.putLong(diskBytes)
                .putLong(diskBytes)
                .putInt(DiskGeometry.of(diskBytes).packed())
                .putInt(FIXED)
                .putInt(0)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        footer.putInt(CHECKSUM_AT, checksum(footer));
        return footer.clear();
    }

    /// The complement of the sum of all bytes, the checksum itself not counted.
    private static int checksum(ByteBuffer footer) {
        int sum = 0;
        for (int i = 0; i < BYTES; i++) {
            sum += footer.get(i) & 0xff;
        }
        return ~sum;
    }
}
