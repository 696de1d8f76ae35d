package io.diskvault.engine.overlay;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What lies under an overlay: a disk that never changes. Implementations are safe for many threads.
public interface BaseDisk {

    /// Fills the rest of a buffer from an offset.
    void read(long offset, ByteBuffer into) throws IOException, DatastoreException;

    /// The first stretch of data in a range of the disk; empty when all of it reads as zeros.
    Optional<Extent> dataIn(long from, long to) throws IOException, DatastoreException;
}
