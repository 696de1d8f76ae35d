package io.diskvault.engine.vhd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Writes a dynamic VHD. Blocks lie in the order in which they are first written to, and a block that never is takes
/// no room. Until [#finish()] the file is no VHD. Writes may overlap in time, but not in place.
public final class DynamicVhdWriter {
    /// What everybody makes.
    private static final int BLOCK_BYTES = 2 << 20;

    private static final int HEADER_OFFSET = VhdFooter.BYTES;
    private static final int TABLE_OFFSET = HEADER_OFFSET + VhdHeader.BYTES;

    /// Blocks start where pages do, so that nothing has to be read to be written to, and holes stay holes.
    private static final int PAGE_BYTES = 4096;

    private final VhdFooter footer;
    private final VhdHeader header;
    private final Output file;
    private final int[] sectors;
    private long end;

    /// The file, empty at first.
    @FunctionalInterface
    public interface Output {
        /// Writes all remaining bytes of a buffer at a position. What was never written reads as zeros.
        void write(ByteBuffer bytes, long position) throws IOException;
    }

    public DynamicVhdWriter(VhdFooter footer, Output file) {
        if (footer.type() != VhdFooter.Type.DYNAMIC) {
            throw new IllegalArgumentException("The footer is of a VHD that is " + footer.type() + ".");
        }
        this.footer = footer;
        this.file = file;
        int blocks = Math.toIntExact(Math.ceilDiv(footer.diskBytes(), (long) BLOCK_BYTES));
        this.header = new VhdHeader(TABLE_OFFSET, blocks, BLOCK_BYTES);
        this.sectors = new int[blocks];
        Arrays.fill(sectors, BlockTable.ABSENT);
        this.end = TABLE_OFFSET + tableBytes();
    }

    private long tableBytes() {
        return roundedUp((long) sectors.length * BlockTable.ENTRY_BYTES, VhdFooter.SECTOR_BYTES);
    }

    private static long roundedUp(long bytes, int unit) {
        return Math.ceilDiv(bytes, (long) unit) * unit;
    }

    /// Writes all remaining bytes of a buffer to a place of the disk.
    public void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int within = (int) (at % BLOCK_BYTES);
            int count = Math.min(bytes.remaining(), BLOCK_BYTES - within);
            file.write(bytes.slice(bytes.position(), count), dataOffset((int) (at / BLOCK_BYTES)) + within);
            bytes.position(bytes.position() + count);
            at += count;
        }
    }

    private synchronized long dataOffset(int block) throws IOException {
        int bitmapBytes = header.bitmapBytes();
        if (sectors[block] == BlockTable.ABSENT) {
            long data = roundedUp(end + bitmapBytes, PAGE_BYTES);
            file.write(bitmap(bitmapBytes), data - bitmapBytes);
            sectors[block] = (int) ((data - bitmapBytes) / VhdFooter.SECTOR_BYTES);
            end = data + BLOCK_BYTES;
        }
        return Integer.toUnsignedLong(sectors[block]) * VhdFooter.SECTOR_BYTES + bitmapBytes;
    }

    /// All sectors of a block count as written, as other programs have it: those that were not are zeros all the
    /// same.
    private static ByteBuffer bitmap(int bytes) {
        byte[] bits = new byte[bytes];
        Arrays.fill(bits, (byte) 0xff);
        return ByteBuffer.wrap(bits);
    }

    /// Writes what makes the file a VHD.
    public synchronized void finish() throws IOException {
        ByteBuffer table = ByteBuffer.allocate((int) tableBytes());
        table.asIntBuffer().put(sectors);
        Arrays.fill(table.array(), sectors.length * BlockTable.ENTRY_BYTES, table.capacity(), (byte) 0xff);
        file.write(table, TABLE_OFFSET);
        file.write(header.encode(), HEADER_OFFSET);
        file.write(footer.encode(), 0);
        file.write(footer.encode(), end);
    }
}
