package io.diskvault.engine.manifest;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;

/// Where the nodes of manifests come from: read each time, or kept for a while.
@FunctionalInterface
public interface NodeSource {

    /// @param level where in the tree the node was found
    ManifestNode read(ChunkId id, int level) throws IOException, DatastoreException;
}
