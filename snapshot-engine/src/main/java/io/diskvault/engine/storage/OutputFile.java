package io.diskvault.engine.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A file being written.
public interface OutputFile extends Closeable {

    /// Writes all remaining bytes of a buffer at a position.
    void write(ByteBuffer bytes, long position) throws IOException;

    /// Sets the length; what was never written reads as zeros and takes no space where the file system can do that.
    void setLength(long bytes) throws IOException;

    /// Makes everything written so far durable. When it fails, the file must be given up: the operating system may
    /// have dropped what it could not write, and a second call would report success.
    void sync() throws IOException;

    /// Gives the file back. Makes nothing durable.
    @Override
    void close() throws IOException;
}
