package io.diskvault.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk in memory that can be written to, and can be full.
final class WritableMemoryDisk extends MemoryDisk implements WritableDisk {

    final AtomicInteger flushes = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    volatile int full = -1;

    WritableMemoryDisk(int length, long seed) {
        super(length, seed);
    }

    private void change(long offset, long length) throws IOException {
        if (full >= 0 && offset + length > full) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public synchronized void read(long offset, ByteBuffer into) throws IOException {
        super.read(offset, into);
    }

    @Override
    public synchronized void write(long offset, ByteBuffer from) throws IOException {
        change(offset, from.remaining());
        writes.incrementAndGet();
        from.get(content, (int) offset, from.remaining());
    }

    @Override
    public synchronized void clear(long offset, long length, boolean allocate) throws IOException {
        change(offset, length);
        Arrays.fill(content, (int) offset, (int) (offset + length), (byte) (allocate ? 0x20 : 0));
    }

    @Override
    public synchronized void trim(long offset, long length) throws IOException {
        change(offset, length);
        Arrays.fill(content, (int) offset, (int) (offset + length), (byte) 0x10);
    }

    @Override
    public void flush() throws IOException {
        flushes.incrementAndGet();
    }
}
