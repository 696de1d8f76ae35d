package io.diskvault.export;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.nbd.ExportedDisk;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// A disk of which is known how much was read.
class CountedDisk implements ExportedDisk {
    private final ExportedDisk disk;
    private final LongAdder read = new LongAdder();

    CountedDisk(ExportedDisk disk) {
        this.disk = disk;
    }

    /// How much was read since this was asked last.
    long takeRead() {
        return read.sumThenReset();
    }

    /// How much was written since this was asked last.
    long takeWritten() {
        return 0;
    }

    @Override
    public long size() {
        return disk.size();
    }

    @Override
    public int blockBytes() {
        return disk.blockBytes();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException, DatastoreException {
        int bytes = into.remaining();
        disk.read(offset, into);
        read.add(bytes);
    }

    @Override
    public Optional<Extent> dataIn(long from, long to) throws IOException, DatastoreException {
        return disk.dataIn(from, to);
    }
}
