package io.diskvault.engine.vhd;

import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where the blocks of a dynamic VHD are: four bytes for each, the number of the sector of the file where its bitmap
/// starts. Blocks lie in the file, and no two share a byte with each other or with anything else.
final class BlockTable {
    /// The most that a disk can have, 2040 GiB, in blocks of 512 KiB. So a table takes 16 MiB at most.
    static final int BLOCKS_MAX = 4_177_920;

    static final int ENTRY_BYTES = Integer.BYTES;

    static final int ABSENT = -1;

    private static final int PIECE_BYTES = 1 << 16;

    private final int[] sectors;

    private BlockTable(int[] sectors) {
        this.sectors = sectors;
    }

    boolean isPresent(int block) {
        return sectors[block] != ABSENT;
    }

    /// Where the bitmap of a block that is present starts in the file; the block's bytes come right behind it.
    long offset(int block) {
        return Integer.toUnsignedLong(sectors[block]) * VhdFooter.SECTOR_BYTES;
    }

    /// @param headerOffset where the header lies
    /// @param end where the blocks have to end: before the footer at the end
    /// @throws DiskFormatException when a block is not where one can be
    static BlockTable read(DiskSource file, VhdHeader header, long headerOffset, long end) throws IOException {
        VhdPart part = new VhdPart(file, "the block table", header.tableOffset());
        long bytes = (long) header.blocks() * ENTRY_BYTES;
        Span own = new Span(header.tableOffset(), bytes);
        if (own.offset() < 0 || own.offset() > end - bytes) {
            throw part.wrong("with %d entries does not lie in the file, which has %d bytes"
                    .formatted(header.blocks(), file.sizeBytes()));
        }
        Span footerCopy = new Span(0, VhdFooter.BYTES);
        Span head = new Span(headerOffset, VhdHeader.BYTES);
        if (own.touches(footerCopy) || own.touches(head)) {
            throw part.wrong("lies on the headers");
        }
        BlockTable table = new BlockTable(entries(file, header));
        table.check(part, header, end, footerCopy, head, own);
        return table;
    }

    private static int[] entries(DiskSource file, VhdHeader header) throws IOException {
        int[] entries = new int[header.blocks()];
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        for (int from = 0; from < entries.length; from += PIECE_BYTES / ENTRY_BYTES) {
            int count = Math.min(PIECE_BYTES / ENTRY_BYTES, entries.length - from);
            piece.clear().limit(count * ENTRY_BYTES);
            file.read(piece, header.tableOffset() + (long) from * ENTRY_BYTES);
            piece.flip().asIntBuffer().get(entries, from, count);
        }
        return entries;
    }

    private void check(VhdPart part, VhdHeader header, long end, Span... taken) throws DiskFormatException {
        long length = (long) header.bitmapBytes() + header.blockBytes();
        for (int block = 0; block < sectors.length; block++) {
            if (isPresent(block)) {
                check(part, block, new Span(offset(block), length), end, taken);
            }
        }
        long[] starts = Arrays.stream(sectors)
                .filter(sector -> sector != ABSENT)
                .mapToLong(Integer::toUnsignedLong)
                .sorted()
                .toArray();
        for (int i = 1; i < starts.length; i++) {
            if ((starts[i] - starts[i - 1]) * VhdFooter.SECTOR_BYTES < length) {
                throw part.wrong("puts two blocks on each other, at byte %d of the file"
                        .formatted(starts[i] * VhdFooter.SECTOR_BYTES));
            }
        }
    }

    private static void check(VhdPart part, int block, Span place, long end, Span... taken) throws DiskFormatException {
        if (place.end() > end) {
            throw part.wrong(
                    "says that block %d ends at byte %d of the file, but there is only room up to %d; the file may have been cut off"
                            .formatted(block, place.end(), end));
        }
        for (Span other : taken) {
            if (place.touches(other)) {
                throw part.wrong("puts block %d on the headers or the table, at byte %d of the file"
                        .formatted(block, place.offset()));
            }
        }
    }

    /// A range of the file.
    private record Span(long offset, long length) {
        long end() {
            return offset + length;
        }

        boolean touches(Span other) {
            return offset < other.end() && other.offset < end();
        }
    }
}
