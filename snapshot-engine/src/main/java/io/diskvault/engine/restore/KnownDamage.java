package io.diskvault.engine.restore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.manifest.LeafWalk;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.store.UnusablePlaces;
import io.diskvault.engine.verify.RangeList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Finds the parts of a recovery point that cannot be restored, as far as verifications have noted damage. Their notes
/// say where to look, and only that is read: a pack with much damage is noted as a whole, and what was damaged may be
/// whole again. Runs once; belongs to one thread.
public final class KnownDamage {

    /// More would be read by nobody.
    private static final int RANGES_MAX = 100;

    /// A chunk that stands in many places of a disk is looked at once.
    private static final int VERDICTS_KEPT = 10_000;

    /// @param damaged what cannot be restored
    /// @param lookedBytes how far from the start of the disk it was looked at: its size, unless there was no time
    public record Result(DamagedRanges damaged, long lookedBytes) {}

    private final Manifest manifest;
    private final ManifestShape shape;
    private final ChunkIndex index;
    private final UnusablePlaces noted;
    private final RestoreWorker worker;
    private final ByteBuffer content;
    private final RangeList ranges = new RangeList(RANGES_MAX);
    private final RecentlyUsed<Optional<CorruptDatastoreException>> verdicts = new RecentlyUsed<>(VERDICTS_KEPT);
    private @Nullable String first;

    /// @param noted what verifications have found
    public KnownDamage(Manifest manifest, ChunkIndex index, UnusablePlaces noted, RestoreWorker worker) {
        this.manifest = manifest;
        this.shape = manifest.shape();
        this.index = index;
        this.noted = noted;
        this.worker = worker;
        this.content = ByteBuffer.allocate(shape.blockBytes());
    }

    /// @param enough says, again and again, whether to stop and tell what was found so far
    public Result run(BooleanSupplier enough) throws IOException, DatastoreException {
        LeafWalk walk = manifest.walk(worker.nodes, this::lost);
        long looked = 0;
        while (looked < shape.diskBytes()) {
            Optional<LeafWalk.Leaf> leaf = walk.firstFrom(looked / shape.leafBytes());
            if (leaf.isEmpty()) {
                looked = shape.diskBytes();
            } else if (enough.getAsBoolean() || !look(leaf.get(), enough)) {
                return result(leaf.get().number() * shape.leafBytes());
            } else {
                looked = (leaf.get().number() + 1) * shape.leafBytes();
            }
        }
        return result(shape.diskBytes());
    }

    private Result result(long looked) {
        return new Result(
                new DamagedRanges(ranges.ranges(), ranges.moreRanges(), ranges.bytes(), Optional.ofNullable(first)),
                looked);
    }

    private void lost(long firstLeaf, long leaves, CorruptDatastoreException why) {
        add(firstLeaf * shape.leafBytes(), (firstLeaf + leaves) * shape.leafBytes(), why);
    }

    /// @return `false` if there was not enough time for all of it
    private boolean look(LeafWalk.Leaf leaf, BooleanSupplier enough) throws IOException, DatastoreException {
        ManifestNode node;
        try {
            node = worker.nodes.read(leaf.id(), 0);
        } catch (CorruptDatastoreException why) {
            lost(leaf.number(), 1, why);
            return true;
        }
        long firstBlock = leaf.number() * ManifestShape.FANOUT;
        for (int slot = node.nextPresent(0); slot < ManifestShape.FANOUT; slot = node.nextPresent(slot + 1)) {
            ChunkId chunk = node.child(slot).orElseThrow();
            long block = firstBlock + slot;
            if (isSuspect(chunk)) {
                if (enough.getAsBoolean()) {
                    return false;
                }
                int length = shape.blockLength(block);
                long start = block * shape.blockBytes();
                verdicts.get(chunk, () -> verdict(chunk, length)).ifPresent(why -> add(start, start + length, why));
            }
        }
        return true;
    }

    private boolean isSuspect(ChunkId chunk) {
        return index.places(chunk).stream().allMatch(noted::isDamaged);
    }

    private Optional<CorruptDatastoreException> verdict(ChunkId chunk, int length)
            throws IOException, DatastoreException {
        try {
            ManifestDisk.readWhole(worker, chunk, content.clear().limit(length));
            return Optional.empty();
        } catch (CorruptDatastoreException why) {
            return Optional.of(why);
        }
    }

    private void add(long start, long end, CorruptDatastoreException why) {
        if (first == null) {
            first = why.getMessage();
        }
        ranges.add(start, Math.min(end, shape.diskBytes()));
    }
}
