package io.diskvault.engine.restore;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Neighbouring blocks of a disk on their way to the target. Each lies where it lies on the disk, so that a run of
/// them is one write.
final class RestoreWindow {

    private final ByteBuffer memory;
    private final int blockBytes;
    private long start;
    private int length;

    /// Bit i is set when block i of the window was restored; the others are zeros.
    private long present;

    RestoreWindow(ByteBuffer memory, int blockBytes) {
        this.memory = memory;
        this.blockBytes = blockBytes;
    }

    /// Begins anew, with nothing in it.
    ///
    /// @param position where on the disk it starts
    /// @param bytes how much of the disk it covers
    RestoreWindow at(long position, int bytes) {
        start = position;
        length = bytes;
        present = 0;
        return this;
    }

    /// Where the content of a block goes, which must then be put there.
    ByteBuffer roomFor(int block, int bytes) {
        present |= 1L << block;
        return memory.slice(block * blockBytes, bytes);
    }

    /// Writes the blocks that are there, clears the rest, and answers how many bytes were written.
    long writeTo(RestoreTarget target) throws IOException {
        long written = 0;
        int at = 0;
        while (at < length) {
            boolean data = isPresent(at);
            int end = at;
            while (end < length && isPresent(end) == data) {
                end = Math.min(length, end + blockBytes);
            }
            if (data) {
                target.write(memory.slice(at, end - at), start + at);
                written += end - at;
            } else {
                target.clear(start + at, end - at);
            }
            at = end;
        }
        return written;
    }

    private boolean isPresent(int offset) {
        return (present & (1L << (offset / blockBytes))) != 0;
    }
}
