package io.diskvault.engine.vhd;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A file in memory, to be written to and then read. Pages of zeros are its holes.
final class MemoryFile implements DiskSource {
    private static final int PAGE_BYTES = 4096;

    private byte[] content;
    private int length;
    boolean closed;

    MemoryFile(byte[] content) {
        this.content = content.clone();
        this.length = content.length;
    }

    void write(ByteBuffer bytes, long position) {
        int end = Math.toIntExact(position + bytes.remaining());
        if (end > content.length) {
            content = Arrays.copyOf(content, Math.max(end, 2 * content.length));
        }
        length = Math.max(length, end);
        bytes.get(content, (int) position, end - (int) position);
    }

    byte[] bytes() {
        return Arrays.copyOf(content, length);
    }

    @Override
    public long sizeBytes() {
        return length;
    }

    @Override
    public Optional<Extent> dataFrom(long offset) {
        int start = (int) offset;
        while (start < length && isHole(start)) {
            start = pageAfter(start);
        }
        int end = start;
        while (end < length && !isHole(end)) {
            end = pageAfter(end);
        }
        return start < end ? Optional.of(new Extent(start, end - start)) : Optional.empty();
    }

    private int pageAfter(int at) {
        return Math.min(length, (at / PAGE_BYTES + 1) * PAGE_BYTES);
    }

    private boolean isHole(int at) {
        for (int i = at / PAGE_BYTES * PAGE_BYTES; i < pageAfter(at); i++) {
            if (content[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void read(ByteBuffer into, long offset) throws EOFException {
        if (offset < 0 || offset + into.remaining() > length) {
            throw new EOFException("%d bytes at %d of %d".formatted(into.remaining(), offset, length));
        }
        into.put(content, (int) offset, into.remaining());
    }

    @Override
    public boolean changedSinceOpened() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "disk.vhd";
    }
}
