package io.diskvault.engine.verify;

import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.store.ChunkReader;
import java.io.IOException;

/// What one thread of a comparison has of its own. Must be closed.
public final class ComparisonWorker implements AutoCloseable {

    final NodeReader nodes;
    final ChunkHasher hasher;
    final byte[] block;
    private final ChunkReader chunks;

    /// @param blockBytes the chunk size of the datastore
    public ComparisonWorker(ChunkReader chunks, DataKey dataKey, int blockBytes) {
        this.chunks = chunks;
        this.nodes = new NodeReader(chunks, blockBytes);
        this.hasher = new ChunkHasher(dataKey.chunkIdKey());
        this.block = new byte[blockBytes];
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
