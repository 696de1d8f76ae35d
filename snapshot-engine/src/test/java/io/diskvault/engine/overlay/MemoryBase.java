package io.diskvault.engine.overlay;

import io.diskvault.engine.source.Extent;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;

/// A base in memory, in blocks of which every third is a hole.
final class MemoryBase implements BaseDisk {

    private final byte[] content;
    private final int blockBytes;

    private MemoryBase(byte[] content, int blockBytes) {
        this.content = content;
        this.blockBytes = blockBytes;
    }

    static MemoryBase of(int length, int blockBytes, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        for (int start = 0; start < length; start += blockBytes) {
            int end = Math.min(length, start + blockBytes);
            boolean hole = start / blockBytes % 3 == 2;
            for (int at = start; at < end; at++) {
                content[at] = hole ? 0 : (byte) (content[at] | 1);
            }
        }
        return new MemoryBase(content, blockBytes);
    }

    byte[] content() {
        return content;
    }

    private boolean isHole(long offset) {
        return content[(int) offset] == 0;
    }

    @Override
    public void read(long offset, ByteBuffer into) {
        into.put(content, (int) offset, into.remaining());
    }

    @Override
    public Optional<Extent> dataIn(long from, long to) {
        long start = from;
        while (start < to && isHole(start)) {
            start = (start / blockBytes + 1) * blockBytes;
        }
        long end = start;
        while (end < to && !isHole(end)) {
            end = (end / blockBytes + 1) * blockBytes;
        }
        return start >= to ? Optional.empty() : Optional.of(new Extent(start, Math.min(end, to) - start));
    }
}
