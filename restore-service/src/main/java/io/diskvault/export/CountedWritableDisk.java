package io.diskvault.export;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.nbd.WritableDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/// A disk of which is known how much was read and written.
final class CountedWritableDisk extends CountedDisk implements WritableDisk {
    private final WritableDisk disk;
    private final LongAdder written = new LongAdder();

    CountedWritableDisk(WritableDisk disk) {
        super(disk);
        this.disk = disk;
    }

    @Override
    long takeWritten() {
        return written.sumThenReset();
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException, DatastoreException {
        int bytes = from.remaining();
        disk.write(offset, from);
        written.add(bytes);
    }

    @Override
    public void clear(long offset, long length, boolean allocate) throws IOException, DatastoreException {
        disk.clear(offset, length, allocate);
    }

    @Override
    public void trim(long offset, long length) throws IOException, DatastoreException {
        disk.trim(offset, length);
    }

    @Override
    public void flush() throws IOException, DatastoreException {
        disk.flush();
    }
}
