package io.diskvault.engine.backup;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.manifest.LeafWalk;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestBuilder;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.store.ChunkWriter;
import io.diskvault.engine.work.Pipeline;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Backs up one disk: reads all its data and stores what the datastore lacks. Runs once.
public final class DiskBackup {

    private static final Logger LOG = LoggerFactory.getLogger(DiskBackup.class);

    /// @param root the manifest's root; empty for a disk of zeros
    /// @param readBytes how much was read from the source
    /// @param usedBytes how much of the disk is not zero, in whole blocks
    /// @param changedBytes how much of that is not in the base at the same place
    public record Result(Optional<ChunkId> root, long readBytes, long usedBytes, long changedBytes) {}

    private final DiskSource source;
    private final ManifestShape shape;
    private final ChunkWriter writer;
    private final Supplier<BackupWorker> workerFactory;
    private final AtomicLong readBytes = new AtomicLong();
    private boolean baseDamaged;
    private long usedBytes;
    private long changedBytes;

    /// @param workers makes what each thread has of its own
    public DiskBackup(DiskSource source, ManifestShape shape, ChunkWriter writer, Supplier<BackupWorker> workers) {
        this.source = source;
        this.shape = shape;
        this.writer = writer;
        this.workerFactory = workers;
    }

    /// @param base an earlier manifest of the same disk; its size may differ
    /// @param workers how many threads read, compress and encrypt
    /// @param tick called all the time with the number of bytes read so far; ends the backup by throwing
    public Result run(Optional<Manifest> base, int workers, LongConsumer tick) throws IOException, DatastoreException {
        try (BackupWorker own = workerFactory.get()) {
            ManifestBuilder manifest = new ManifestBuilder(shape, node -> own.storeNode(node, writer, baseDamaged));
            Optional<LeafWalk> baseWalk = base.map(known -> known.walk(own.nodes));
            try (Pipeline<BackupWorker, LeafBackup.Result> pipeline = new Pipeline<>(
                    "backup",
                    workers,
                    workerFactory,
                    result -> addLeaf(manifest, result),
                    () -> tick.accept(readBytes.get()))) {
                submitLeaves(pipeline, baseWalk);
                pipeline.finish();
            }
            return new Result(manifest.finish(), readBytes.get(), usedBytes, changedBytes);
        }
    }

    private void submitLeaves(Pipeline<BackupWorker, LeafBackup.Result> pipeline, Optional<LeafWalk> baseWalk)
            throws IOException, DatastoreException {
        LeafExtents shares = new LeafExtents(source, shape);
        for (Optional<LeafExtents.Share> share = shares.next(); share.isPresent(); share = shares.next()) {
            LeafBackup.Base baseLeaf = baseLeaf(baseWalk, share.get().leaf());
            LeafBackup step =
                    new LeafBackup(source, shape, share.get(), baseLeaf, writer, readBytes, pipeline::stopping);
            pipeline.submit(step::run);
        }
    }

    private LeafBackup.Base baseLeaf(Optional<LeafWalk> baseWalk, long leaf) throws IOException, DatastoreException {
        if (baseWalk.isPresent() && !baseDamaged) {
            try {
                return new LeafBackup.Base(baseWalk.get().leaf(leaf), false);
            } catch (CorruptDatastoreException e) {
                LOG.warn("The rest of the disk is backed up as if there were no base: {}", e.getMessage());
                baseDamaged = true;
            }
        }
        return new LeafBackup.Base(Optional.empty(), baseDamaged);
    }

    private void addLeaf(ManifestBuilder manifest, LeafBackup.Result result) throws IOException, DatastoreException {
        usedBytes += result.usedBytes();
        changedBytes += result.changedBytes();
        if (result.id().isPresent()) {
            manifest.addLeaf(result.leaf(), result.id().get());
        }
        writer.checkpoint();
    }
}
