package io.diskvault.engine.backup;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.manifest.LeafWalk;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestEdit;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.store.ChunkWriter;
import io.diskvault.engine.work.Pipeline;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Backs up what has changed on a disk since a base, in a time that depends on nothing else: reads the changes,
/// stores what the datastore lacks of them, and takes over all other parts of the base's manifest unread. Runs once.
///
/// So the places that the base relies on must be safe already; [DiskBackup] looks at each of them.
public final class ChangesBackup {

    /// @param root the manifest's root; empty for a disk of zeros
    /// @param readBytes how much was read
    /// @param moreUsedBytes by how much more of the disk is not zero than in the base; may be negative
    /// @param changedBytes how much is not zero, and not in the base at the same place
    public record Result(Optional<ChunkId> root, long readBytes, long moreUsedBytes, long changedBytes) {}

    private final DiskChanges changes;
    private final Manifest base;
    private final ManifestShape shape;
    private final ChunkWriter writer;
    private final Supplier<BackupWorker> workerFactory;
    private final AtomicLong readBytes = new AtomicLong();
    private long moreUsedBytes;
    private long changedBytes;

    public ChangesBackup(DiskChanges changes, Manifest base, ChunkWriter writer, Supplier<BackupWorker> workers) {
        this.changes = changes;
        this.base = base;
        this.shape = base.shape();
        this.writer = writer;
        this.workerFactory = workers;
    }

    /// @param workers how many threads read, compress and encrypt
    /// @param tick called all the time with the number of bytes read so far; ends the backup by throwing
    /// @throws CorruptDatastoreException when a node of the base that leads to a change cannot be read
    public Result run(int workers, LongConsumer tick) throws IOException, DatastoreException {
        try (BackupWorker own = workerFactory.get()) {
            ManifestEdit manifest = new ManifestEdit(base, own.nodes, node -> own.storeNode(node, writer, false));
            try (Pipeline<BackupWorker, ChangedLeaf.Result> pipeline = new Pipeline<>(
                    "keep",
                    workers,
                    workerFactory,
                    result -> setLeaf(manifest, result),
                    () -> tick.accept(readBytes.get()))) {
                submitLeaves(pipeline, base.walk(own.nodes));
                pipeline.finish();
            }
            return new Result(manifest.finish(), readBytes.get(), moreUsedBytes, changedBytes);
        }
    }

    private void submitLeaves(Pipeline<BackupWorker, ChangedLeaf.Result> pipeline, LeafWalk baseWalk)
            throws IOException, DatastoreException {
        OptionalLong change = changes.changedFrom(0);
        while (change.isPresent()) {
            long leaf = change.getAsLong() / shape.leafBytes();
            ChangedLeaf step =
                    new ChangedLeaf(changes, shape, leaf, baseWalk.leaf(leaf), writer, readBytes, pipeline::stopping);
            pipeline.submit(step::run);
            change = changes.changedFrom(Math.min(shape.diskBytes(), (leaf + 1) * shape.leafBytes()));
        }
    }

    private void setLeaf(ManifestEdit manifest, ChangedLeaf.Result result) throws IOException, DatastoreException {
        moreUsedBytes += result.moreUsedBytes();
        changedBytes += result.changedBytes();
        manifest.setLeaf(result.leaf(), result.id());
        writer.checkpoint();
    }
}
