package io.diskvault.engine.verify;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.manifest.LeafWalk;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.work.Pipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Compares a disk with a manifest, by the ids of its blocks: the content that the datastore holds is not read. Runs
/// once.
public final class DiskComparison {

    private final Manifest manifest;
    private final ManifestShape shape;
    private final DiskSource disk;
    private final Supplier<ComparisonWorker> workerFactory;
    private final RangeList different = new RangeList(AffectedPoint.RANGES_MAX);
    private long comparedBytes;

    public DiskComparison(Manifest manifest, DiskSource disk, Supplier<ComparisonWorker> workers) {
        this.manifest = manifest;
        this.shape = manifest.shape();
        this.disk = disk;
        this.workerFactory = workers;
    }

    /// What was found in one stretch of the disk.
    private record Stretch(List<ByteRange> different, long comparedBytes) {}

    /// @param workers how many threads read and hash
    /// @param tick called all the time with the number of bytes compared so far, zeros not counted; ends the
    ///     comparison by throwing
    public Mismatch run(int workers, LongConsumer tick) throws IOException, DatastoreException {
        if (disk.sizeBytes() != shape.diskBytes()) {
            different.add(0, Math.max(1, shape.diskBytes()));
            return mismatch();
        }
        try (ComparisonWorker own = workerFactory.get();
                Pipeline<ComparisonWorker, Stretch> pipeline = new Pipeline<>(
                        "compare", workers, workerFactory, this::take, () -> tick.accept(comparedBytes))) {
            LeafWalk walk = manifest.walk(own.nodes);
            long next = 0;
            for (Optional<LeafWalk.Leaf> leaf = walk.firstFrom(0); leaf.isPresent(); leaf = walk.firstFrom(next)) {
                submitHole(pipeline, next, leaf.get().number());
                LeafWalk.Leaf found = leaf.get();
                pipeline.submit(worker -> compare(worker, found));
                next = found.number() + 1;
            }
            submitHole(pipeline, next, Math.ceilDiv(shape.diskBytes(), shape.leafBytes()));
            pipeline.finish();
        }
        return mismatch();
    }

    private Mismatch mismatch() {
        return new Mismatch(different.ranges(), different.moreRanges(), different.bytes());
    }

    private void take(Stretch stretch) {
        stretch.different().forEach(range -> different.add(range.start(), range.end()));
        comparedBytes += stretch.comparedBytes();
    }

    private void submitHole(Pipeline<ComparisonWorker, Stretch> pipeline, long fromLeaf, long toLeaf)
            throws IOException, DatastoreException {
        long start = fromLeaf * shape.leafBytes();
        long end = Math.min(toLeaf * shape.leafBytes(), shape.diskBytes());
        if (start < end) {
            pipeline.submit(worker -> new Stretch(notZero(worker, start, end), 0));
        }
    }

    private Stretch compare(ComparisonWorker worker, LeafWalk.Leaf leaf) throws IOException, DatastoreException {
        ManifestNode node = worker.nodes.read(leaf.id(), 0);
        List<ByteRange> found = new ArrayList<>();
        long compared = 0;
        long first = leaf.number() * ManifestShape.FANOUT;
        long end = Math.min(first + ManifestShape.FANOUT, shape.blockCount());
        for (long block = first; block < end; block++) {
            long start = block * shape.blockBytes();
            int length = shape.blockLength(block);
            Optional<ChunkId> chunk = node.child((int) (block - first));
            if (chunk.isEmpty()) {
                found.addAll(notZero(worker, start, start + length));
                continue;
            }
            disk.read(ByteBuffer.wrap(worker.block, 0, length), start);
            if (!worker.hasher.id(worker.block, 0, length).equals(chunk.get())) {
                found.add(new ByteRange(start, start + length));
            }
            compared += length;
        }
        return new Stretch(found, compared);
    }

    /// The blocks of a range that should be zeros and are not. What the disk has as holes is not read.
    private List<ByteRange> notZero(ComparisonWorker worker, long from, long to) throws IOException {
        List<ByteRange> found = new ArrayList<>();
        long at = from;
        Optional<Extent> data = disk.dataFrom(at);
        while (data.isPresent() && Math.max(at, data.get().offset()) < to) {
            at = Math.max(at, data.get().offset());
            int length = (int) Math.min(worker.block.length, Math.min(data.get().end(), to) - at);
            disk.read(ByteBuffer.wrap(worker.block, 0, length), at);
            if (!isZero(worker.block, length)) {
                found.add(new ByteRange(at, at + length));
            }
            at += length;
            if (at >= data.get().end()) {
                data = disk.dataFrom(at);
            }
        }
        return found;
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
