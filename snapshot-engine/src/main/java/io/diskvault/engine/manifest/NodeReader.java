package io.diskvault.engine.manifest;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.store.ChunkReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads nodes of manifests. Belongs to one thread.
public final class NodeReader implements NodeSource {

    private final ChunkReader chunks;
    private final byte[] plain;

    /// @param plainBytesMax the chunk size of the datastore: until it was read, a node can be any chunk
    public NodeReader(ChunkReader chunks, int plainBytesMax) {
        this.chunks = chunks;
        this.plain = new byte[plainBytesMax];
    }

    @Override
    public ManifestNode read(ChunkId id, int level) throws IOException, DatastoreException {
        int length = chunks.read(id, plain);
        return ManifestNode.decode(ByteBuffer.wrap(plain, 0, length), id, level);
    }
}
