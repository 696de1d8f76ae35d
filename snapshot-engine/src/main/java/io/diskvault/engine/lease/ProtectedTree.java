package io.diskvault.engine.lease;

import io.diskvault.engine.chunk.ChunkId;

/// A manifest that must stay readable while a lease is held, even if its recovery point is removed.
///
/// @param root the top of the manifest
/// @param diskBytes the size of the disk, which gives the height of the tree
public record ProtectedTree(ChunkId root, long diskBytes) {

    public ProtectedTree {
        if (diskBytes < 0) {
            throw new IllegalArgumentException("No disk has " + diskBytes + " bytes.");
        }
    }
}
