package io.diskvault.engine.restore;

import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.store.ChunkReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What one thread of a restore has of its own. Must be closed.
public final class RestoreWorker implements AutoCloseable {

    final ChunkReader chunks;
    final NodeReader nodes;
    private final DataKey key;
    private final int blockBytes;
    private @Nullable BlockProof proof;

    /// @param blockBytes the chunk size of the datastore
    public RestoreWorker(ChunkReader chunks, DataKey key, int blockBytes) {
        this.chunks = chunks;
        this.nodes = new NodeReader(chunks, blockBytes);
        this.key = key;
        this.blockBytes = blockBytes;
    }

    /// Made when it is first needed: most restores compare nothing.
    BlockProof proof() {
        if (proof == null) {
            proof = new BlockProof(key, blockBytes);
        }
        return proof;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
