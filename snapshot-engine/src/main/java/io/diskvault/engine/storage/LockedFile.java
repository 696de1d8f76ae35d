package io.diskvault.engine.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A file that its owner reads and writes anywhere, again and again, while nobody else has its lock. Reads and writes
/// may overlap.
public interface LockedFile extends OutputFile {

    long sizeBytes() throws IOException;

    /// Fills the remaining bytes of a buffer from a position.
    ///
    /// @throws EOFException when the file ends before
    void read(ByteBuffer into, long position) throws IOException;

    /// Gives back the room that a range takes, where the file system can do that. What the range holds afterwards is
    /// what it held before, or zeros.
    void release(long position, long length) throws IOException;
}
