package io.diskvault.engine.nbd;

import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk in memory, in blocks of which some are holes and some may be damaged.
class MemoryDisk implements ExportedDisk {

    static final int BLOCK = 4096;

    final byte[] content;
    final AtomicInteger reads = new AtomicInteger();
    int damagedBlock = -1;

    /// @param length need not be whole blocks
    MemoryDisk(int length, long seed) {
        content = new byte[length];
        Random random = new Random(seed);
        for (int start = 0; start < length; start += BLOCK) {
            if (random.nextInt(3) > 0) {
                byte[] block = new byte[Math.min(BLOCK, length - start)];
                random.nextBytes(block);
                block[0] = 1;
                System.arraycopy(block, 0, content, start, block.length);
            }
        }
    }

    byte[] part(long offset, int length) {
        return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
    }

    boolean isHole(int block) {
        return content[block * BLOCK] == 0;
    }

    @Override
    public long size() {
        return content.length;
    }

    @Override
    public int blockBytes() {
        return BLOCK;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        reads.incrementAndGet();
        long end = offset + into.remaining();
        if (damagedBlock >= 0 && offset < (damagedBlock + 1L) * BLOCK && end > (long) damagedBlock * BLOCK) {
            throw new IOException("Block " + damagedBlock + " is damaged.");
        }
        into.put(content, (int) offset, into.remaining());
    }

    @Override
    public Optional<Extent> dataIn(long from, long to) {
        long start = from;
        while (start < to && isHole((int) (start / BLOCK))) {
            start = (start / BLOCK + 1) * BLOCK;
        }
        long end = start;
        while (end < to && !isHole((int) (end / BLOCK))) {
            end = (end / BLOCK + 1) * BLOCK;
        }
        return start >= to ? Optional.empty() : Optional.of(new Extent(start, Math.min(end, to) - start));
    }
}
