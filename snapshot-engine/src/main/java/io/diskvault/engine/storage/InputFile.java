package io.diskvault.engine.storage;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// A finished file being read. Reads may overlap.
public interface InputFile extends Closeable {

    long sizeBytes() throws IOException;

    /// Fills the remaining bytes of a buffer from a position.
    ///
    /// @throws EOFException when the file ends before
    void read(ByteBuffer into, long position) throws IOException;

    /// The whole file as memory that stays readable after [#close()].
    MemorySegment map() throws IOException;

    /// The whole content of a small file.
    ///
    /// @param mostBytes a length that no healthy file of this kind reaches; a longer one is an error, not a full
    ///     heap
    default byte[] readAll(int mostBytes) throws IOException {
        long size = sizeBytes();
        if (size > mostBytes) {
            throw new IOException("The file has " + size + " bytes; at most " + mostBytes + " were expected.");
        }
        byte[] bytes = new byte[(int) size];
        read(ByteBuffer.wrap(bytes), 0);
        return bytes;
    }
}
