package io.diskvault.engine.vhd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.diskvault.engine.source.DiskFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// The footer of a VHD. The same values give the same bytes, so that parts of one file can be made at different
/// times.
///
/// @param diskBytes the size of the disk in the file, in whole sectors
/// @param madeAt the time that the content is of
/// @param id tells disks apart
public record VhdFooter(Type type, long diskBytes, Instant madeAt, UUID id) {
    /// How long a footer is.
    public static final int BYTES = 512;

    static final int SECTOR_BYTES = 512;

    private static final int MIB = 1 << 20;

    private static final String COOKIE = "conectix";
    private static final int FORMAT_VERSION = 0x0001_0000;
    private static final int CREATOR_VERSION = 0x0001_0000;
    private static final int RESERVED_FEATURE = 2;
    private static final long NO_HEADER = -1;
    private static final int DIFFERENCING = 4;

    private static final int VERSION_AT = 12;
    private static final int HEADER_OFFSET_AT = 16;
    private static final int TIME_AT = 24;
    private static final int CURRENT_SIZE_AT = 48;
    private static final int TYPE_AT = 60;
    private static final int CHECKSUM_AT = 64;
    private static final int ID_AT = 68;

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /// Where the disk's bytes are.
    public enum Type {
        /// In the place that they have on the disk.
        FIXED(2),
        /// In blocks.
        DYNAMIC(3);

        private final int code;

        Type(int code) {
            this.code = code;
        }
    }

    public VhdFooter {
        if (diskBytes < 0 || diskBytes % SECTOR_BYTES != 0) {
            throw new IllegalArgumentException("A VHD has whole sectors, not %d bytes.".formatted(diskBytes));
        }
    }

    public static VhdFooter fixed(long diskBytes, Instant madeAt, UUID id) {
        return new VhdFooter(Type.FIXED, diskBytes, madeAt, id);
    }

    public static VhdFooter dynamic(long diskBytes, Instant madeAt, UUID id) {
        return new VhdFooter(Type.DYNAMIC, diskBytes, madeAt, id);
    }

    /// How large a disk becomes in a VHD for Azure, which refuses what has no whole MiB.
    public static long paddedBytes(long diskBytes) {
        return Math.ceilDiv(diskBytes, (long) MIB) * MIB;
    }

    /// The footer as it stands in the file.
    public ByteBuffer encode() {
        ByteBuffer footer = ByteBuffer.allocate(BYTES);
        footer.put(COOKIE.getBytes(US_ASCII))
                .putInt(RESERVED_FEATURE)
                .putInt(FORMAT_VERSION)
                .putLong(type == Type.FIXED ? NO_HEADER : BYTES)
                .putInt((int) Math.max(0, Duration.between(EPOCH, madeAt).toSeconds()));
        // Readers go by who made it: what they do not know they take for Virtual PC's, and then they believe the
        // geometry, which says less than the size. What Hyper-V makes has the size that the footer says.
        footer.put("win ".getBytes(US_ASCII)).putInt(CREATOR_VERSION).put("Wi2k".getBytes(US_ASCII));
        footer.putLong(diskBytes)
                .putLong(diskBytes)
                .putInt(DiskGeometry.of(diskBytes).packed())
                .putInt(type.code)
                .putInt(0)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        VhdChecksum.put(footer, CHECKSUM_AT);
        return footer.clear();
    }

    /// A footer of a file, and where it says that the header of a dynamic VHD is.
    record Found(VhdFooter footer, long headerOffset) {}

    /// Reads a footer.
    ///
    /// The disk is as large as the current size says, whoever made the file. Virtual PC and some programs that
    /// follow it show a disk only up to what its geometry says, which is at most a cylinder less; what they
    /// left out is there.
    ///
    /// @throws DiskFormatException when it is none, damaged, or of a kind that is not read here
    static Found read(VhdPart part) throws IOException {
        ByteBuffer bytes = part.read(BYTES);
        if (!US_ASCII.decode(bytes.slice(0, COOKIE.length())).toString().equals(COOKIE)) {
            throw part.wrong("is not there. If the file is a raw disk, say so: its format is raw");
        }
        if (!VhdChecksum.matches(bytes, CHECKSUM_AT)) {
            throw part.wrong("is damaged: its checksum does not match");
        }
        if (bytes.getInt(VERSION_AT) != FORMAT_VERSION) {
            throw part.wrong("has version %#x; only %#x is known".formatted(bytes.getInt(VERSION_AT), FORMAT_VERSION));
        }
        long size = bytes.getLong(CURRENT_SIZE_AT);
        if (size < 0 || size % SECTOR_BYTES != 0) {
            throw part.wrong("says that the disk has %s bytes, which are no whole sectors of %d"
                    .formatted(Long.toUnsignedString(size), SECTOR_BYTES));
        }
        VhdFooter footer = new VhdFooter(
                typeOf(bytes.getInt(TYPE_AT), part),
                size,
                EPOCH.plusSeconds(Integer.toUnsignedLong(bytes.getInt(TIME_AT))),
                new UUID(bytes.getLong(ID_AT), bytes.getLong(ID_AT + Long.BYTES)));
        return new Found(footer, bytes.getLong(HEADER_OFFSET_AT));
    }

    private static Type typeOf(int code, VhdPart part) throws DiskFormatException {
        for (Type type : Type.values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw part.wrong(
                code == DIFFERENCING
                        ? "says that it is a differencing disk, which lacks what its parent has. Merge the two first,"
                                + " or back up the parent"
                        : "says type %d; only 2 (fixed) and 3 (dynamic) can be read".formatted(code));
    }
}
