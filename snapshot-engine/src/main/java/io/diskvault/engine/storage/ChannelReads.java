package io.diskvault.engine.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Reads from channels, which give less than was asked for when they like.
final class ChannelReads {

    private ChannelReads() {}

    /// Fills the rest of a buffer.
    ///
    /// @throws EOFException when the file ends before
    static void fill(FileChannel channel, ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new EOFException("The file ends at " + at + ", " + into.remaining() + " bytes too early.");
            }
            at += count;
        }
    }
}
