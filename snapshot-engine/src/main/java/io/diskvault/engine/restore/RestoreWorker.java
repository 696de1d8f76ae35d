package io.diskvault.engine.restore;

import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.store.ChunkReader;
import java.io.IOException;

/// What one thread of a restore has of its own. Must be closed.
public final class RestoreWorker implements AutoCloseable {

    final ChunkReader chunks;
    final NodeReader nodes;

    /// @param blockBytes the chunk size of the datastore
    public RestoreWorker(ChunkReader chunks, int blockBytes) {
        this.chunks = chunks;
        this.nodes = new NodeReader(chunks, blockBytes);
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
