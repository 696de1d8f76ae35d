package io.diskvault.engine.restore;

import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.Fingerprint;
import io.diskvault.engine.chunk.Fingerprinter;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Tells whether a target holds a block already. Belongs to one thread.
///
/// A fingerprint says quickly that it does not. That it does is only believed when the content has the block's id:
/// nothing is left in place with less certainty than a verification has (docs/adr/0025-restoring-in-place.md).
final class BlockProof {

    private final Fingerprinter fingerprinter;
    private final ChunkHasher hasher;
    private final byte[] content;

    BlockProof(DataKey key, int blockBytes) {
        this.fingerprinter = new Fingerprinter(key.fingerprintKey());
        this.hasher = new ChunkHasher(key.chunkIdKey());
        this.content = new byte[blockBytes];
    }

    /// @param block its number on the disk
    /// @param held what the target holds there
    boolean isHeld(ManifestNode leaf, long block, ByteBuffer held) {
        int length = held.remaining();
        held.get(content, 0, length);
        Fingerprint fingerprint = fingerprinter.of(block, content, 0, length);
        Optional<ChunkId> alike = leaf.child((int) (block % ManifestShape.FANOUT), fingerprint);
        return alike.isPresent() && alike.get().equals(hasher.id(content, 0, length));
    }
}
