package io.diskvault.engine.nbd;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A disk that clients may change. What one connection has written all others read, and a flush that is asked for on
/// one makes durable what was written on any.
public interface WritableDisk extends ExportedDisk {

    /// Writes the rest of a buffer at an offset.
    void write(long offset, ByteBuffer from) throws IOException, DatastoreException;

    /// Makes a range read as zeros.
    ///
    /// @param allocate whether later writes to it must find room
    void clear(long offset, long length, boolean allocate) throws IOException, DatastoreException;

    /// Says that nobody needs a range any more.
    void trim(long offset, long length) throws IOException, DatastoreException;

    /// Makes everything durable whose write had returned when this was called.
    void flush() throws IOException, DatastoreException;
}
