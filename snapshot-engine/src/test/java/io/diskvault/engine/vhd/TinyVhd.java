package io.diskvault.engine.vhd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/// A dynamic VHD of a few KiB, made by hand so that it can be made wrong: five blocks of 4 KiB, of which the second
/// and the fifth are there, in the other order.
final class TinyVhd {
    static final int BLOCK = 4096;
    static final int BLOCKS = 5;
    static final int DISK_BYTES = BLOCKS * BLOCK - 512;

    static final int HEADER = 512;
    static final int TABLE = HEADER + VhdHeader.BYTES;
    static final int FIFTH = TABLE + 512;
    static final int SECOND = FIFTH + 512 + BLOCK;
    static final int FOOTER = SECOND + 512 + BLOCK;

    static final int CHECKSUM = 64;
    static final int HEADER_CHECKSUM = HEADER + 36;

    final byte[] bytes = new byte[FOOTER + 512];
    final ByteBuffer file = ByteBuffer.wrap(bytes);

    TinyVhd() {
        VhdFooter footer = VhdFooter.dynamic(
                DISK_BYTES, Instant.parse("2026-11-01T12:00:00Z"), UUID.nameUUIDFromBytes("tiny".getBytes(UTF_8)));
        file.put(0, footer.encode(), 0, 512);
        file.put(HEADER, new VhdHeader(TABLE, BLOCKS, BLOCK).encode(), 0, VhdHeader.BYTES);
        Arrays.fill(bytes, TABLE, FIFTH, (byte) 0xff);
        file.putInt(TABLE + 4, SECOND / 512).putInt(TABLE + 16, FIFTH / 512);
        // Of the second block the sectors 0, 3, 4 and 7 were written, of the fifth all.
        bytes[SECOND] = (byte) 0b1001_1001;
        bytes[FIFTH] = (byte) 0xff;
        Arrays.fill(bytes, SECOND + 512, SECOND + 512 + BLOCK, (byte) 2);
        Arrays.fill(bytes, FIFTH + 512, FIFTH + 512 + BLOCK, (byte) 5);
        file.put(FOOTER, footer.encode(), 0, 512);
    }

    /// What is on the disk.
    static byte[] disk() {
        byte[] disk = new byte[DISK_BYTES];
        for (int sector : new int[] {0, 3, 4, 7}) {
            Arrays.fill(disk, BLOCK + sector * 512, BLOCK + sector * 512 + 512, (byte) 2);
        }
        Arrays.fill(disk, 4 * BLOCK, DISK_BYTES, (byte) 5);
        return disk;
    }

    /// Makes all checksums right, whatever they stand over.
    TinyVhd sealed() {
        for (int footer : new int[] {0, FOOTER}) {
            VhdChecksum.put(file.slice(footer, 512), CHECKSUM);
        }
        VhdChecksum.put(file.slice(HEADER, VhdHeader.BYTES), HEADER_CHECKSUM - HEADER);
        return this;
    }

    TinyVhd withInt(int at, int value) {
        file.putInt(at, value);
        return this;
    }

    TinyVhd withLong(int at, long value) {
        file.putLong(at, value);
        return this;
    }

    /// In the footer and its copy.
    TinyVhd withFooterInt(int at, int value) {
        return withInt(at, value).withInt(FOOTER + at, value);
    }

    TinyVhd withFooterLong(int at, long value) {
        return withLong(at, value).withLong(FOOTER + at, value);
    }

    MemoryFile open() {
        return new MemoryFile(bytes);
    }
}
