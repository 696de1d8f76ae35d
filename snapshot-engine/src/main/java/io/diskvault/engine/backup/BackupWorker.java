package io.diskvault.engine.backup;

import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.store.ChunkReader;
import java.io.IOException;

/// What one thread of a backup has of its own. Must be closed.
public final class BackupWorker implements AutoCloseable {

    /// Reading less at once costs system calls, reading more costs memory.
    private static final int WINDOW_BYTES = 1 << 20;

    final ChunkHasher hasher;
    final ChunkSealer sealer;
    final NodeReader nodes;
    final byte[] window;
    private final ChunkReader chunks;

    /// @param blockBytes the chunk size of the datastore, a power of two
    public BackupWorker(DataKey dataKey, int blockBytes, ChunkReader chunks) {
        this.hasher = new ChunkHasher(dataKey.chunkIdKey());
        this.sealer = new ChunkSealer(blockBytes);
        this.chunks = chunks;
        this.nodes = new NodeReader(chunks, blockBytes);
        this.window = new byte[Math.max(blockBytes, WINDOW_BYTES)];
    }

    @Override
    public void close() throws IOException {
        sealer.close();
        chunks.close();
    }
}
