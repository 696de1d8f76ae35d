package io.diskvault.engine.restore;

import io.diskvault.engine.manifest.ManifestShape;
import java.lang.foreign.Arena;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The windows of one restore, which are used again and again. Must be closed, because their memory is not on the heap.
final class RestoreWindows implements AutoCloseable {

    /// Large enough that a device is busy with one write for longer than it takes to ask for it.
    private static final int BYTES = 4 << 20;

    /// What writes past the page cache may ask of their memory; no file system's blocks are larger.
    private static final int ALIGNMENT = 64 << 10;

    private final Arena arena = Arena.ofShared();
    private final ConcurrentLinkedQueue<RestoreWindow> idle = new ConcurrentLinkedQueue<>();
    private final int blockBytes;
    private final int blocks;

    RestoreWindows(ManifestShape shape) {
        blockBytes = shape.blockBytes();
        blocks = Math.clamp(BYTES / blockBytes, 1, ManifestShape.FANOUT);
    }

    /// How many blocks a window has room for; a leaf is a multiple of them.
    int blocks() {
        return blocks;
    }

    RestoreWindow take() {
        RestoreWindow window = idle.poll();
        return window == null
                ? new RestoreWindow(
                        arena.allocate((long) blocks * blockBytes, ALIGNMENT).asByteBuffer(), blockBytes)
                : window;
    }

    void giveBack(RestoreWindow window) {
        idle.add(window);
    }

    @Override
    public void close() {
        arena.close();
    }
}
