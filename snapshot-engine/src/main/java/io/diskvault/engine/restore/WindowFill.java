package io.diskvault.engine.restore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.manifest.LeafWalk;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// Fills the windows of a restore: what many threads do at the same time.
///
/// @param subject what is being restored, for messages about damage
/// @param held what the target holds, if only differences are to be written
record WindowFill(ManifestShape shape, String subject, Optional<DiskSource> held, OnDamage onDamage) {

    /// Which part of the disk a window is.
    ///
    /// @param leaf of the manifest; empty where the disk holds nothing but zeros
    /// @param firstBlock its number on the disk
    /// @param blocks how many there are, all of them of this leaf
    record Part(Optional<LeafWalk.Leaf> leaf, long firstBlock, int blocks) {}

    void fill(RestoreWindow window, Part part, RestoreWorker worker, BooleanSupplier stopping)
            throws IOException, DatastoreException {
        long start = part.firstBlock * shape.blockBytes();
        long end = Math.min(start + (long) part.blocks * shape.blockBytes(), shape.diskBytes());
        window.at(start, (int) (end - start));
        Optional<ManifestNode> leaf = Optional.empty();
        if (part.leaf.isPresent()) {
            try {
                leaf = Optional.of(readLeaf(worker, part.leaf.get()));
            } catch (CorruptDatastoreException e) {
                giveUp(window, 0, part.blocks, e);
                return;
            }
        }
        if (held.isPresent()) {
            window.read(held.get());
        }
        for (int i = 0; i < part.blocks; i++) {
            if (stopping.getAsBoolean()) {
                throw new CancellationException("The restore is being stopped.");
            }
            fill(window, i, part.firstBlock + i, leaf, worker);
        }
    }

    private void fill(RestoreWindow window, int i, long block, Optional<ManifestNode> leaf, RestoreWorker worker)
            throws IOException, DatastoreException {
        int length = shape.blockLength(block);
        Optional<ChunkId> chunk = leaf.flatMap(node -> node.child((int) (block % ManifestShape.FANOUT)));
        if (chunk.isEmpty()) {
            window.clearHeld(i, length);
        } else if (window.isHeld(i)
                && worker.proof().isHeld(leaf.orElseThrow(), block, window.heldContent(i, length))) {
            window.keep(i);
        } else {
            try {
                readBlock(worker, chunk.get(), block * shape.blockBytes(), window.roomFor(i, length));
            } catch (CorruptDatastoreException e) {
                giveUp(window, i, i + 1, e);
            }
        }
    }

    private void giveUp(RestoreWindow window, int from, int to, CorruptDatastoreException why)
            throws CorruptDatastoreException {
        if (onDamage == OnDamage.FAIL) {
            throw why;
        }
        for (int i = from; i < to; i++) {
            window.giveUp(i, why);
        }
    }

    private ManifestNode readLeaf(RestoreWorker worker, LeafWalk.Leaf leaf) throws IOException, DatastoreException {
        try {
            return readNode(worker, leaf.id(), 0);
        } catch (CorruptDatastoreException e) {
            throw e.within(range(leaf.number() * shape.leafBytes(), shape.leafBytes()));
        }
    }

    ManifestNode readNode(RestoreWorker worker, ChunkId id, int level) throws IOException, DatastoreException {
        try {
            return worker.nodes.read(id, level);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void readBlock(RestoreWorker worker, ChunkId chunk, long position, ByteBuffer into)
            throws IOException, DatastoreException {
        int length = into.remaining();
        try {
            int found = worker.chunks.read(chunk, into);
            if (found != length) {
                throw new CorruptDatastoreException(
                        "Chunk " + chunk + " has " + found + " bytes where the disk needs " + length + ".");
            }
        } catch (CorruptDatastoreException e) {
            throw e.within(range(position, length));
        } catch (IOException e) {
            throw unreadable(e).within(range(position, length));
        }
    }

    /// For who goes on, what the storage cannot read is as lost as what is damaged. For others it is another error:
    /// trying again may help.
    private CorruptDatastoreException unreadable(IOException failure) throws IOException {
        if (onDamage == OnDamage.FAIL) {
            throw failure;
        }
        return new CorruptDatastoreException("The datastore cannot be read here: " + failure.getMessage(), failure);
    }

    /// A part of the disk, as messages name it.
    String range(long position, long length) {
        return subject + ", bytes " + position + " to " + Math.min(position + length, shape.diskBytes());
    }
}
