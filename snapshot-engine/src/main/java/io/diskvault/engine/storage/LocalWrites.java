package io.diskvault.engine.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes to an open file of the operating system, large pieces past its page cache where the file system can do
/// that: a restored disk is larger than the cache and is not read again at once, and filling the cache takes more
/// processor time than the write itself. Writes may overlap when their ranges do not.
final class LocalWrites implements Closeable {

    /// Smaller writes are left to the cache, which gathers them.
    private static final int DIRECT_BYTES_MIN = 64 << 10;

    private final FileChannel cached;
    private final DirectAccess direct;

    /// @param cached is not closed with this
    /// @param path leads to the same file for as long as nothing was written
    LocalWrites(FileChannel cached, Path path) {
        this.cached = cached;
        this.direct = new DirectAccess(path, StandardOpenOption.WRITE);
    }

    void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        if (bytes.remaining() >= DIRECT_BYTES_MIN) {
            at += direct.write(bytes, position);
        }
        while (bytes.hasRemaining()) {
            at += cached.write(bytes, at);
        }
    }

    @Override
    public void close() throws IOException {
        direct.close();
    }
}
