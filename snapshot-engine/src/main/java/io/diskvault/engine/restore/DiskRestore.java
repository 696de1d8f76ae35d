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
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Restores one disk. Runs once; does not commit the target.
public final class DiskRestore {

    private final Manifest manifest;
    private final String subject;
    private final RestoreTarget target;
    private final Supplier<RestoreWorker> workerFactory;
    private final AtomicLong writtenBytes = new AtomicLong();

    /// @param subject what is being restored, for messages about damage
    public DiskRestore(Manifest manifest, String subject, RestoreTarget target, Supplier<RestoreWorker> workers) {
        this.manifest = manifest;
        this.subject = subject;
        this.target = target;
        this.workerFactory = workers;
    }

    /// @param tick called all the time with the number of bytes written so far; ends the restore by throwing
    /// @return how many bytes that are not zero were written
    public long run(int workers, LongConsumer tick) throws IOException, DatastoreException {
        try (RestoreWorker own = workerFactory.get();
                Pipeline<RestoreWorker, Boolean> pipeline = new Pipeline<>(
                        "restore", workers, workerFactory, _ -> {}, () -> tick.accept(writtenBytes.get()))) {
            LeafWalk walk = manifest.walk(own.nodes);
            long next = 0;
            for (Optional<LeafWalk.Leaf> leaf = leafFrom(walk, next); leaf.isPresent(); leaf = leafFrom(walk, next)) {
                LeafWalk.Leaf found = leaf.get();
                clearLeaves(next, found.number());
                pipeline.submit(worker -> restoreLeaf(worker, found, pipeline));
                next = found.number() + 1;
            }
            pipeline.finish();
            clearLeaves(
                    next,
                    Math.ceilDiv(manifest.shape().diskBytes(), manifest.shape().leafBytes()));
        }
        return writtenBytes.get();
    }

    private Optional<LeafWalk.Leaf> leafFrom(LeafWalk walk, long number) throws IOException, DatastoreException {
        try {
            return walk.firstFrom(number);
        } catch (CorruptDatastoreException e) {
            long start = Math.min(
                    number * manifest.shape().leafBytes(), manifest.shape().diskBytes());
            throw e.within(subject + ", somewhere from byte " + start + " on");
        }
    }

    private void clearLeaves(long from, long to) throws IOException {
        long start = from * manifest.shape().leafBytes();
        long end = Math.min(to * manifest.shape().leafBytes(), manifest.shape().diskBytes());
        if (start < end) {
            target.clear(start, end - start);
        }
    }

    private boolean restoreLeaf(RestoreWorker worker, LeafWalk.Leaf leaf, Pipeline<RestoreWorker, Boolean> pipeline)
            throws IOException, DatastoreException {
        ManifestShape shape = manifest.shape();
        long firstBlock = leaf.number() * ManifestShape.FANOUT;
        ManifestNode node = readLeaf(worker, leaf);
        worker.window.clear();
        for (int slot = 0; slot < ManifestShape.FANOUT && firstBlock + slot < shape.blockCount(); slot++) {
            if (pipeline.stopping()) {
                throw new CancellationException("The restore is being stopped.");
            }
            long position = (firstBlock + slot) * shape.blockBytes();
            int length = shape.blockLength(firstBlock + slot);
            Optional<ChunkId> chunk = node.child(slot);
            if (chunk.isPresent()) {
                readBlock(worker, chunk.get(), position, length);
                worker.window.add(length);
                writtenBytes.addAndGet(length);
            } else {
                target.clear(position, length);
            }
        }
        worker.window.flush(target);
        return true;
    }

    private ManifestNode readLeaf(RestoreWorker worker, LeafWalk.Leaf leaf) throws IOException, DatastoreException {
        try {
            return worker.nodes.read(leaf.id(), 0);
        } catch (CorruptDatastoreException e) {
            throw e.within(range(
                    leaf.number() * manifest.shape().leafBytes(),
                    manifest.shape().leafBytes()));
        }
    }

    private void readBlock(RestoreWorker worker, ChunkId chunk, long position, int length)
            throws IOException, DatastoreException {
        try {
            int found = worker.chunks.read(chunk, worker.window.roomFor(length, position, target));
            if (found != length) {
                throw new CorruptDatastoreException(
                        "Chunk " + chunk + " has " + found + " bytes where the disk needs " + length + ".");
            }
        } catch (CorruptDatastoreException e) {
            throw e.within(range(position, length));
        }
    }

    private String range(long position, long length) {
        return subject + ", bytes " + position + " to "
                + Math.min(position + length, manifest.shape().diskBytes());
    }
}
