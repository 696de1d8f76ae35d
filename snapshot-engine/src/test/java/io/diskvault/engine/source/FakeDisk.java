package io.diskvault.engine.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A disk in memory. Whatever is zero in a whole sector is a hole, and reading a hole is an error.
public final class FakeDisk implements DiskSource {

    public static final int SECTOR_BYTES = 4096;

    private final byte[] content;
    private final AtomicLong readBytes = new AtomicLong();
    private volatile boolean changed;
    private volatile long brokenFrom = Long.MAX_VALUE;

    public FakeDisk(byte[] content) {
        this.content = content.clone();
    }

    public long readBytes() {
        return readBytes.get();
    }

    /// Makes the disk say that somebody wrote to it.
    public void touch() {
        changed = true;
    }

    /// Makes all reads fail that touch anything from an offset on.
    public void failReadsFrom(long offset) {
        brokenFrom = offset;
    }

    @Override
    public long sizeBytes() {
        return content.length;
    }

    @Override
    public Optional<Extent> dataFrom(long offset) {
        int start = (int) offset;
        while (start < content.length && isHole(start)) {
            start = nextSector(start);
        }
        if (start >= content.length) {
            return Optional.empty();
        }
        int end = start;
        while (end < content.length && !isHole(end)) {
            end = nextSector(end);
        }
        return Optional.of(new Extent(start, end - start));
    }

    private int nextSector(int at) {
        return Math.min(content.length, (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
    }

    private boolean isHole(int at) {
        int start = at / SECTOR_BYTES * SECTOR_BYTES;
        for (int i = start; i < nextSector(at); i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        if (offset + into.remaining() > brokenFrom) {
            throw new IOException("Input/output error");
        }
        if (offset + into.remaining() > content.length) {
            throw new EOFException("The fake disk ends at " + content.length);
        }
        for (int at = (int) offset; at < offset + into.remaining(); at = nextSector(at)) {
            if (isHole(at)) {
                throw new AssertionError("A hole was read at " + at);
            }
        }
        readBytes.addAndGet(into.remaining());
        into.put(content, (int) offset, into.remaining());
    }

    @Override
    public boolean changedSinceOpened() {
        return changed;
    }

    @Override
    public void close() {}
}
