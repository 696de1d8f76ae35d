package io.diskvault.engine.nbd;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What a client sees as a disk. Implementations are safe for many threads, and give the same content each time,
/// unless they are [WritableDisk]s.
public interface ExportedDisk {

    long size();

    /// Reads that start and end at multiples of this cost least; a power of two.
    int blockBytes();

    /// Fills the rest of a buffer from an offset; never asked for what is not in the disk.
    void read(long offset, ByteBuffer into) throws IOException, DatastoreException;

    /// The first stretch of data in a range of the disk; empty when all of it reads as zeros.
    Optional<Extent> dataIn(long from, long to) throws IOException, DatastoreException;
}
