package io.diskvault.engine.vhd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.diskvault.engine.source.DiskFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The header of a dynamic VHD.
///
/// @param tableOffset where the block table is
/// @param blocks how many entries that has
/// @param blockBytes how much of the disk each block is; a power of two
record VhdHeader(long tableOffset, int blocks, int blockBytes) {
    static final int BYTES = 1024;

    private static final String COOKIE = "cxsparse";
    private static final int VERSION = 0x0001_0000;
    private static final long NO_OTHER_HEADER = -1;

    /// Every program makes blocks of 512 KiB or 2 MiB. Where these bounds end, bitmaps would be larger than blocks,
    /// or larger than anybody should have to read for one sector.
    private static final int BLOCK_BYTES_MIN = 4096;

    private static final int BLOCK_BYTES_MAX = 64 << 20;

    private static final int TABLE_OFFSET_AT = 16;
    private static final int VERSION_AT = 24;
    private static final int BLOCKS_AT = 28;
    private static final int BLOCK_BYTES_AT = 32;
    private static final int CHECKSUM_AT = 36;

    /// How long the bitmap before each block is: a bit for each sector, in whole sectors.
    int bitmapBytes() {
        int bytes = blockBytes / VhdFooter.SECTOR_BYTES / Byte.SIZE;
        return Math.ceilDiv(bytes, VhdFooter.SECTOR_BYTES) * VhdFooter.SECTOR_BYTES;
    }

    ByteBuffer encode() {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.put(COOKIE.getBytes(US_ASCII))
                .putLong(NO_OTHER_HEADER)
                .putLong(tableOffset)
                .putInt(VERSION)
                .putInt(blocks)
                .putInt(blockBytes);
        VhdChecksum.put(header, CHECKSUM_AT);
        return header.clear();
    }

    /// @throws DiskFormatException when it is none, damaged, or not fit for a disk of that size
    static VhdHeader read(VhdPart part, long diskBytes) throws IOException {
        ByteBuffer bytes = part.read(BYTES);
        if (!US_ASCII.decode(bytes.slice(0, COOKIE.length())).toString().equals(COOKIE)) {
            throw part.wrong("is not there");
        }
        if (!VhdChecksum.matches(bytes, CHECKSUM_AT)) {
            throw part.wrong("is damaged: its checksum does not match");
        }
        if (bytes.getInt(VERSION_AT) != VERSION) {
            throw part.wrong("has version %#x; only %#x is known".formatted(bytes.getInt(VERSION_AT), VERSION));
        }
        int blockBytes = bytes.getInt(BLOCK_BYTES_AT);
        if (blockBytes < BLOCK_BYTES_MIN || blockBytes > BLOCK_BYTES_MAX || Integer.bitCount(blockBytes) != 1) {
            throw part.wrong("says blocks of %s bytes; a power of two from %d to %d was expected"
                    .formatted(Integer.toUnsignedString(blockBytes), BLOCK_BYTES_MIN, BLOCK_BYTES_MAX));
        }
        long needed = Math.ceilDiv(diskBytes, (long) blockBytes);
        if (needed > BlockTable.BLOCKS_MAX) {
            throw part.wrong("says blocks of %d bytes for a disk of %d: that would be %d blocks, and %d are the most"
                    .formatted(blockBytes, diskBytes, needed, BlockTable.BLOCKS_MAX));
        }
        long blocks = Integer.toUnsignedLong(bytes.getInt(BLOCKS_AT));
        if (blocks < needed) {
            throw part.wrong("says %d blocks of %d bytes, too few for a disk of %d bytes"
                    .formatted(blocks, blockBytes, diskBytes));
        }
        // What the table has beyond the disk is of no interest, however much that may be.
        return new VhdHeader(bytes.getLong(TABLE_OFFSET_AT), (int) needed, blockBytes);
    }
}
