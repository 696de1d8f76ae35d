package io.diskvault.engine.backup;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.chunk.Fingerprinter;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.store.ChunkReader;
import io.diskvault.engine.store.ChunkWriter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one thread of a backup has of its own. Must be closed.
public final class BackupWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackupWorker.class);

    /// Reading less at once costs system calls, reading more costs memory.
    private static final int WINDOW_BYTES = 1 << 20;

    final ChunkHasher hasher;
    final Fingerprinter fingerprinter;
    final ChunkSealer sealer;
    final NodeReader nodes;
    final byte[] window;
    private final ChunkReader chunks;

    /// @param blockBytes the chunk size of the datastore, a power of two
    public BackupWorker(DataKey dataKey, int blockBytes, ChunkReader chunks) {
        this.hasher = new ChunkHasher(dataKey.chunkIdKey());
        this.fingerprinter = new Fingerprinter(dataKey.fingerprintKey());
        this.sealer = new ChunkSealer(blockBytes);
        this.chunks = chunks;
        this.nodes = new NodeReader(chunks, blockBytes);
        this.window = new byte[Math.max(blockBytes, WINDOW_BYTES)];
    }

    /// Stores a manifest node and answers its id.
    ///
    /// @param suspicious whether what the datastore already has of it may be damaged: then it is read first, and
    ///     what cannot be read is not relied on
    ChunkId storeNode(ManifestNode node, ChunkWriter writer, boolean suspicious)
            throws IOException, DatastoreException {
        byte[] plain = node.encode();
        ChunkId id = hasher.id(plain, 0, plain.length);
        if (suspicious) {
            try {
                nodes.read(id, node.level());
            } catch (CorruptDatastoreException e) {
                LOG.debug("A manifest node is stored anew: {}", e.getMessage());
            }
        }
        writer.store(id, plain, 0, plain.length, PackKind.MANIFEST, sealer);
        return id;
    }

    @Override
    public void close() throws IOException {
        sealer.close();
        chunks.close();
    }
}
