package io.diskvault.engine.restore;

import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.store.ChunkReader;
import java.io.IOException;

/// What one thread of a restore has of its own. Must be closed.
public final class RestoreWorker implements AutoCloseable {

    final ChunkReader chunks;
    final NodeReader nodes;
    final WriteWindow window;

    public RestoreWorker(ChunkReader chunks, ManifestShape shape) {
        this.chunks = chunks;
        this.nodes = new NodeReader(chunks, shape.blockBytes());
        this.window = new WriteWindow(shape);
    }

    @Override
    public void close() throws IOException {
        window.close();
        chunks.close();
    }
}
