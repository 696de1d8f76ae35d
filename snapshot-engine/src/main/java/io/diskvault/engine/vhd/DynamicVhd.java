package io.diskvault.engine.vhd;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A disk in blocks. What no block holds, no bitmap says to be written, or the file has as a hole, is a hole of the
/// disk. An extent ends with its block at the latest, so another may follow it at once.
record DynamicVhd(DiskSource file, long sizeBytes, VhdHeader header, BlockTable table) implements DiskSource {

    @Override
    public Optional<Extent> dataFrom(long offset) throws IOException {
        long at = offset;
        while (at < sizeBytes) {
            int block = blockOf(at);
            long end = Math.min((block + 1L) * header.blockBytes(), sizeBytes);
            if (table.isPresent(block)) {
                Optional<Extent> found = dataWithin(block, at, end);
                if (found.isPresent()) {
                    return found;
                }
            }
            at = end;
        }
        return Optional.empty();
    }

    private Optional<Extent> dataWithin(int block, long from, long end) throws IOException {
        SectorBitmap bitmap = bitmap(block);
        long start = (long) block * header.blockBytes();
        long shift = dataOffset(block) - start;
        long at = from;
        while (at < end) {
            long written = Math.max(at, start + nextSector(bitmap, at - start, true));
            Optional<Extent> stored = written < end ? file.dataFrom(written + shift) : Optional.empty();
            at = stored.map(extent -> extent.offset() - shift).orElse(end);
            if (at < end && bitmap.isWritten(sectorOf(at - start))) {
                long stop = Math.min(stored.orElseThrow().end() - shift, start + nextSector(bitmap, at - start, false));
                return Optional.of(new Extent(at, Math.min(stop, end) - at));
            }
        }
        return Optional.empty();
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        if (into.remaining() > sizeBytes - offset) {
            throw new EOFException("The disk in " + file + " ends at " + sizeBytes + ".");
        }
        long at = offset;
        while (into.hasRemaining()) {
            int block = blockOf(at);
            int within = (int) (at % header.blockBytes());
            int count = Math.min(into.remaining(), header.blockBytes() - within);
            if (table.isPresent(block)) {
                readBlock(block, within, within + count, into);
            } else {
                putZeros(into, count);
            }
            at += count;
        }
    }

    private void readBlock(int block, int from, int to, ByteBuffer into) throws IOException {
        SectorBitmap bitmap = bitmap(block);
        int at = from;
        while (at < to) {
            boolean written = bitmap.isWritten(sectorOf(at));
            int count = (int) Math.min(to, nextSector(bitmap, at, !written)) - at;
            if (written) {
                file.read(into.slice(into.position(), count), dataOffset(block) + at);
                into.position(into.position() + count);
            } else {
                putZeros(into, count);
            }
            at += count;
        }
    }

    /// Read anew each time: it takes no longer than finding it among thousands that would have to be kept.
    private SectorBitmap bitmap(int block) throws IOException {
        ByteBuffer bits = ByteBuffer.allocate(header.bitmapBytes());
        file.read(bits, table.offset(block));
        return new SectorBitmap(bits.flip(), header.blockBytes() / VhdFooter.SECTOR_BYTES);
    }

    private long dataOffset(int block) {
        return table.offset(block) + header.bitmapBytes();
    }

    private int blockOf(long offset) {
        return (int) (offset / header.blockBytes());
    }

    private static int sectorOf(long within) {
        return (int) (within / VhdFooter.SECTOR_BYTES);
    }

    /// Where in its block the next sector starts that was written or was not; the end of the block when there is
    /// none.
    private static long nextSector(SectorBitmap bitmap, long within, boolean written) {
        return (long) bitmap.next(sectorOf(within), written) * VhdFooter.SECTOR_BYTES;
    }

    private static void putZeros(ByteBuffer into, int count) {
        MemorySegment.ofBuffer(into.slice(into.position(), count)).fill((byte) 0);
        into.position(into.position() + count);
    }

    @Override
    public boolean changedSinceOpened() throws IOException {
        return file.changedSinceOpened();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
