package io.diskvault.engine.restore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.manifest.LeafWalk;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.work.Pipeline;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Restores one disk. Runs once; does not commit the target.
///
/// Workers read, decrypt and decompress, and compare with what the target holds; the thread that runs this writes,
/// from the start of the disk to its end. A file system lets only one write at a time make a file grow, and gives a
/// sequence of them the best places.
public final class DiskRestore {

    /// @param writtenBytes how much was written: what is not zero, and zeros over something else
    /// @param keptBytes how much of what is not zero the target held already
    public record Result(long writtenBytes, long keptBytes, DamagedRanges damaged) {}

    /// What a worker has found to be done, in the order of the disk.
    @FunctionalInterface
    private interface Effect {
        void apply() throws IOException;
    }

    private final Manifest manifest;
    private final ManifestShape shape;
    private final RestoreTarget target;
    private final Optional<DiskSource> held;
    private final WindowFill fill;
    private final Supplier<RestoreWorker> workerFactory;
    private final RestoreTally tally = new RestoreTally();

    /// @param subject what is being restored, for messages about damage
    public DiskRestore(
            Manifest manifest,
            String subject,
            RestoreTarget target,
            OnDamage onDamage,
            Supplier<RestoreWorker> workers) {
        this.manifest = manifest;
        this.shape = manifest.shape();
        this.target = target;
        this.held = target.held();
        this.fill = new WindowFill(shape, subject, held, onDamage);
        this.workerFactory = workers;
    }

    /// @param workers how many threads read, decrypt and decompress
    /// @param tick called all the time with how many of the bytes that are not zero have been dealt with; ends the
    ///     restore by throwing
    public Result run(int workers, LongConsumer tick) throws IOException, DatastoreException {
        try (RestoreWorker own = workerFactory.get();
                RestoreWindows windows = new RestoreWindows(shape);
                Pipeline<RestoreWorker, Effect> pipeline = new Pipeline<>(
                        "restore", workers, workerFactory, Effect::apply, () -> tick.accept(tally.doneBytes()))) {
            new Owner(windows, pipeline).run(own);
        }
        tally.requireAnything();
        return tally.result();
    }

    /// Goes through the manifest and submits every part of the disk that something may have to be done about.
    private final class Owner {

        private final RestoreWindows windows;
        private final Pipeline<RestoreWorker, Effect> pipeline;

        /// The first leaf that was not dealt with yet.
        private long next;

        private Owner(RestoreWindows windows, Pipeline<RestoreWorker, Effect> pipeline) {
            this.windows = windows;
            this.pipeline = pipeline;
        }

        private void run(RestoreWorker own) throws IOException, DatastoreException {
            LeafWalk walk = manifest.walk((id, level) -> fill.readNode(own, id, level), this::lost);
            for (Optional<LeafWalk.Leaf> leaf = walk.firstFrom(next); leaf.isPresent(); leaf = walk.firstFrom(next)) {
                zerosUntil(leaf.get().number());
                submit(leaf.get());
                next = leaf.get().number() + 1;
            }
            zerosUntil(Math.ceilDiv(shape.diskBytes(), shape.leafBytes()));
            pipeline.finish();
        }

        private void submit(LeafWalk.Leaf leaf) throws IOException, DatastoreException {
            long end = Math.min((leaf.number() + 1) * ManifestShape.FANOUT, shape.blockCount());
            for (long block = leaf.number() * ManifestShape.FANOUT; block < end; block += windows.blocks()) {
                submit(Optional.of(leaf), block, end);
            }
        }

        private void submit(Optional<LeafWalk.Leaf> leaf, long block, long end) throws IOException, DatastoreException {
            WindowFill.Part part = new WindowFill.Part(leaf, block, (int) Math.min(windows.blocks(), end - block));
            pipeline.submit(worker -> {
                RestoreWindow window = windows.take();
                fill.fill(window, part, worker, pipeline::stopping);
                return () -> {
                    window.writeTo(target, tally);
                    windows.giveBack(window);
                };
            });
        }

        /// Deals with everything before a leaf that the manifest says nothing of.
        private void zerosUntil(long leaf) throws IOException, DatastoreException {
            long start = next * shape.leafBytes();
            long end = Math.min(leaf * shape.leafBytes(), shape.diskBytes());
            if (start >= end) {
                return;
            }
            if (held.isEmpty()) {
                target.clear(start, end - start);
                return;
            }
            long blocks = Math.ceilDiv(end, shape.blockBytes());
            Optional<Extent> data = held.get().dataFrom(start);
            while (data.isPresent() && data.get().offset() < end) {
                long block = data.get().offset() / shape.blockBytes();
                long first = block - block % windows.blocks();
                submit(Optional.empty(), first, blocks);
                long behind = (first + windows.blocks()) * shape.blockBytes();
                data = behind < end ? held.get().dataFrom(behind) : Optional.empty();
            }
        }

        /// A node of the manifest cannot be read: nobody knows what is below it.
        private void lost(long firstLeaf, long leaves, CorruptDatastoreException why)
                throws IOException, DatastoreException {
            long start = Math.max(firstLeaf, next) * shape.leafBytes();
            long length = Math.min((firstLeaf + leaves) * shape.leafBytes(), shape.diskBytes()) - start;
            CorruptDatastoreException damage = why.within(fill.range(start, length));
            if (fill.onDamage() == OnDamage.FAIL) {
                throw damage;
            }
            zerosUntil(firstLeaf);
            pipeline.submit(_ -> () -> {
                target.giveUp(start, length);
                tally.addDamaged(start, start + length, damage);
            });
            next = firstLeaf + leaves;
        }
    }
}
