package io.diskvault.engine.restore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.manifest.LeafWalk;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.work.Pipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Restores one disk. Runs once; does not commit the target.
///
/// Workers read, decrypt and decompress; the thread that runs this writes, from the start of the disk to its end. A
/// file system lets only one write at a time make a file grow, and gives a sequence of them the best places.
public final class DiskRestore {

    private final Manifest manifest;
    private final ManifestShape shape;
    private final String subject;
    private final RestoreTarget target;
    private final Supplier<RestoreWorker> workerFactory;
    private long writtenBytes;

    /// @param subject what is being restored, for messages about damage
    public DiskRestore(Manifest manifest, String subject, RestoreTarget target, Supplier<RestoreWorker> workers) {
        this.manifest = manifest;
        this.shape = manifest.shape();
        this.subject = subject;
        this.target = target;
        this.workerFactory = workers;
    }

    /// @param workers how many threads read, decrypt and decompress
    /// @param tick called all the time with the number of bytes written so far; ends the restore by throwing
    /// @return how many bytes that are not zero were written
    public long run(int workers, LongConsumer tick) throws IOException, DatastoreException {
        try (RestoreWorker own = workerFactory.get();
                RestoreWindows windows = new RestoreWindows(shape);
                Pipeline<RestoreWorker, RestoreWindow> pipeline = new Pipeline<>(
                        "restore",
                        workers,
                        workerFactory,
                        window -> write(window, windows),
                        () -> tick.accept(writtenBytes))) {
            LeafWalk walk = manifest.walk(own.nodes);
            long next = 0;
            for (Optional<LeafWalk.Leaf> leaf = leafFrom(walk, next); leaf.isPresent(); leaf = leafFrom(walk, next)) {
                clearLeaves(next, leaf.get().number());
                submit(leaf.get(), windows, pipeline);
                next = leaf.get().number() + 1;
            }
            pipeline.finish();
            clearLeaves(next, Math.ceilDiv(shape.diskBytes(), shape.leafBytes()));
        }
        return writtenBytes;
    }

    private void submit(LeafWalk.Leaf leaf, RestoreWindows windows, Pipeline<RestoreWorker, RestoreWindow> pipeline)
            throws IOException, DatastoreException {
        long end = Math.min((leaf.number() + 1) * ManifestShape.FANOUT, shape.blockCount());
        for (long block = leaf.number() * ManifestShape.FANOUT; block < end; block += windows.blocks()) {
            long first = block;
            int count = (int) Math.min(windows.blocks(), end - first);
            pipeline.submit(worker -> restore(worker, leaf, first, count, windows.take(), pipeline::stopping));
        }
    }

    private void write(RestoreWindow window, RestoreWindows windows) throws IOException {
        writtenBytes += window.writeTo(target);
        windows.giveBack(window);
    }

    private Optional<LeafWalk.Leaf> leafFrom(LeafWalk walk, long number) throws IOException, DatastoreException {
        try {
            return walk.firstFrom(number);
        } catch (CorruptDatastoreException e) {
            long start = Math.min(number * shape.leafBytes(), shape.diskBytes());
            throw e.within(subject + ", somewhere from byte " + start + " on");
        }
    }

    private void clearLeaves(long from, long to) throws IOException {
        long start = from * shape.leafBytes();
        long end = Math.min(to * shape.leafBytes(), shape.diskBytes());
        if (start < end) {
            target.clear(start, end - start);
        }
    }

    private RestoreWindow restore(
            RestoreWorker worker,
            LeafWalk.Leaf leaf,
            long firstBlock,
            int count,
            RestoreWindow window,
            BooleanSupplier stopping)
            throws IOException, DatastoreException {
        ManifestNode node = readLeaf(worker, leaf);
        long start = firstBlock * shape.blockBytes();
        long end = Math.min(start + (long) count * shape.blockBytes(), shape.diskBytes());
        window.at(start, (int) (end - start));
        for (int i = 0; i < count; i++) {
            if (stopping.getAsBoolean()) {
                throw new CancellationException("The restore is being stopped.");
            }
            Optional<ChunkId> chunk = node.child((int) ((firstBlock + i) % ManifestShape.FANOUT));
            if (chunk.isPresent()) {
                int length = shape.blockLength(firstBlock + i);
                readBlock(worker, chunk.get(), start + (long) i * shape.blockBytes(), window.roomFor(i, length));
            }
        }
        return window;
    }

    private ManifestNode readLeaf(RestoreWorker worker, LeafWalk.Leaf leaf) throws IOException, DatastoreException {
        try {
            return worker.nodes.read(leaf.id(), 0);
        } catch (CorruptDatastoreException e) {
            throw e.within(range(leaf.number() * shape.leafBytes(), shape.leafBytes()));
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
        }
    }

    private String range(long position, long length) {
        return subject + ", bytes " + position + " to " + Math.min(position + length, shape.diskBytes());
    }
}
