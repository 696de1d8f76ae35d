package io.diskvault.engine.manifest;

import io.diskvault.engine.chunk.ChunkId;
import java.util.Optional;

/// The content of one disk at one time.
///
/// @param root the top of the tree; empty for a disk of zeros
public record Manifest(ManifestShape shape, Optional<ChunkId> root) {

    public LeafWalk walk(NodeSource nodes) {
        return walk(nodes, LeafWalk.LostNodes.REFUSED);
    }

    /// The same, going on behind what cannot be read if it may.
    public LeafWalk walk(NodeSource nodes, LeafWalk.LostNodes lostNodes) {
        return new LeafWalk(shape, root, nodes, lostNodes);
    }
}
