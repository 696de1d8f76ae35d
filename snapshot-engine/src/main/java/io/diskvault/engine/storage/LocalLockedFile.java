package io.diskvault.engine.storage;

import io.diskvault.engine.posix.Descriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// A file of a local file system, with a lock on the descriptor that everything goes through. It is written through
/// the page cache: what was written a moment ago is what is read next.
record LocalLockedFile(Descriptor descriptor, FileChannel channel) implements LockedFile {

    /// @param locked is closed with the file
    static LocalLockedFile of(Descriptor locked) throws IOException {
        return new LocalLockedFile(locked, locked.channel(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public long sizeBytes() throws IOException {
        return channel.size();
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
        ChannelReads.fill(channel, into, position);
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void setLength(long bytes) throws IOException {
        descriptor.setLength(bytes);
    }

    @Override
    public void release(long position, long length) throws IOException {
        descriptor.punchHole(position, length);
    }

    @Override
    public void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            descriptor.close();
        }
    }
}
