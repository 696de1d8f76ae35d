package io.diskvault.engine.restore;

import io.diskvault.engine.manifest.ManifestShape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/// Neighbouring blocks on their way to a target, which get there in one write. Belongs to one thread at a time; must
/// be closed, because its memory is not on the heap.
final class WriteWindow implements AutoCloseable {

    /// Large enough that a device is busy with one write for longer than it takes to ask for it.
    private static final int BYTES = 4 << 20;

    /// What writes past the page cache may ask of their memory; no file system's blocks are larger.
    private static final int ALIGNMENT = 64 << 10;

    private final Arena arena = Arena.ofShared();
    private final ByteBuffer gathered;
    private long start;

    /// @param shape of the disk: its blocks are added one by one
    WriteWindow(ManifestShape shape) {
        long bytes = Math.max(shape.blockBytes(), Math.min(BYTES, shape.diskBytes()));
        gathered = arena.allocate(bytes, ALIGNMENT).asByteBuffer();
    }

    /// Where the next block goes. Writes what was gathered before if the block does not follow on or finds no room.
    ByteBuffer roomFor(int length, long position, RestoreTarget target) throws IOException {
        if (start + gathered.position() != position || gathered.remaining() < length) {
            flush(target);
        }
        if (gathered.position() == 0) {
            start = position;
        }
        return gathered.slice(gathered.position(), length);
    }

    /// Takes the block that was put where there was room for it.
    void add(int length) {
        gathered.position(gathered.position() + length);
    }

    void flush(RestoreTarget target) throws IOException {
        if (gathered.position() > 0) {
            target.write(gathered.flip(), start);
            gathered.clear();
        }
    }

    /// Forgets what was gathered.
    void clear() {
        gathered.clear();
    }

    @Override
    public void close() {
        arena.close();
    }
}
