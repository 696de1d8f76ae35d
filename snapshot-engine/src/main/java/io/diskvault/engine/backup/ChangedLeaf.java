package io.diskvault.engine.backup;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.Fingerprint;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.store.ChunkWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Backs up the changes in that part of a disk that belongs to one leaf of its manifest.
final class ChangedLeaf {

    /// @param id the leaf; empty when there was nothing but zeros
    /// @param moreUsedBytes by how much more of it is not zero than in the base
    /// @param changedBytes how much is not zero, and not in the base at the same place
    record Result(long leaf, Optional<ChunkId> id, long moreUsedBytes, long changedBytes) {}

    private final DiskChanges changes;
    private final ManifestShape shape;
    private final long leaf;
    private final Optional<ChunkId> base;
    private final ChunkWriter writer;
    private final AtomicLong readBytes;
    private final BooleanSupplier stopping;
    private long moreUsedBytes;
    private long changedBytes;

    /// @param base the same leaf of the base
    ChangedLeaf(
            DiskChanges changes,
            ManifestShape shape,
            long leaf,
            Optional<ChunkId> base,
            ChunkWriter writer,
            AtomicLong readBytes,
            BooleanSupplier stopping) {
        this.changes = changes;
        this.shape = shape;
        this.leaf = leaf;
        this.base = base;
        this.writer = writer;
        this.readBytes = readBytes;
        this.stopping = stopping;
    }

    Result run(BackupWorker worker) throws IOException, DatastoreException {
        Optional<ManifestNode> known =
                base.isPresent() ? Optional.of(worker.nodes.read(base.get(), 0)) : Optional.empty();
        ManifestNode.Builder node = new ManifestNode.Builder(0);
        long first = leaf * ManifestShape.FANOUT;
        long end = Math.min(first + ManifestShape.FANOUT, shape.blockCount());
        for (long block = first; block < end; block++) {
            int slot = (int) (block - first);
            if (isChanged(block)) {
                backUp(worker, block, slot, known, node);
            } else if (known.isPresent() && known.get().child(slot).isPresent()) {
                node.add(
                        slot,
                        known.get().child(slot).orElseThrow(),
                        known.get().fingerprint(slot).orElseThrow());
            }
        }
        ManifestNode built = node.take();
        Optional<ChunkId> id = built.isEmpty() ? Optional.empty() : Optional.of(worker.storeNode(built, writer, false));
        return new Result(leaf, id, moreUsedBytes, changedBytes);
    }

    private boolean isChanged(long block) {
        long start = block * shape.blockBytes();
        return changes.changedFrom(start).orElse(Long.MAX_VALUE) < start + shape.blockLength(block);
    }

    private void backUp(
            BackupWorker worker, long block, int slot, Optional<ManifestNode> known, ManifestNode.Builder node)
            throws IOException, DatastoreException {
        if (stopping.getAsBoolean()) {
            throw new CancellationException("The backup is being stopped.");
        }
        int length = shape.blockLength(block);
        changes.read(block * shape.blockBytes(), ByteBuffer.wrap(worker.window, 0, length));
        readBytes.addAndGet(length);
        Optional<ChunkId> before = known.flatMap(leafNode -> leafNode.child(slot));
        if (LeafBackup.isZero(worker.window, 0, length)) {
            moreUsedBytes -= before.isPresent() ? length : 0;
            return;
        }
        Fingerprint fingerprint = worker.fingerprinter.of(block, worker.window, 0, length);
        ChunkId id = known.flatMap(leafNode -> leafNode.child(slot, fingerprint))
                .orElseGet(() -> worker.hasher.id(worker.window, 0, length));
        moreUsedBytes += before.isPresent() ? 0 : length;
        changedBytes += before.equals(Optional.of(id)) ? 0 : length;
        writer.store(id, worker.window, 0, length, PackKind.CONTENT, worker.sealer);
        node.add(slot, id, fingerprint);
    }
}
