package io.diskvault.engine.manifest;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Finds the blocks in which two disks differ, from the start to the end, without reading any of their content. Where
/// both trees share a node nothing below it is read; so what it takes depends on how much differs, and not on the
/// size of the disks. Runs once; belongs to one thread.
public final class ManifestDiff {

    /// Is told the blocks that differ, in the order of the disk.
    public interface Visitor {

        /// The later disk holds something else than the earlier one, which may have been zeros.
        void changed(long block);

        /// The earlier disk held something, the later one zeros.
        void zeroed(long block);
    }

    /// A part of one of the disks: the sub-tree of some node, which lies on a level of its own. A disk that is small
    /// has all that it has below the first child of the first child of a root that it would have if it were larger.
    ///
    /// @param id empty for zeros
    private record Side(Optional<ChunkId> id, int level) {

        private static final Side ZEROS = new Side(Optional.empty(), 0);

        private static Side of(Manifest manifest) {
            return manifest.root().isEmpty()
                    ? ZEROS
                    : new Side(manifest.root(), manifest.shape().rootLevel());
        }

        private boolean isZeros() {
            return id.isEmpty();
        }
    }

    private final Manifest earlier;
    private final Manifest later;
    private final NodeSource nodes;
    private final Visitor visitor;
    private final LongConsumer tick;
    private long nodesRead;

    /// @param tick is told with each node which block it begins at; ends the work by throwing
    public ManifestDiff(Manifest earlier, Manifest later, NodeSource nodes, Visitor visitor, LongConsumer tick) {
        if (earlier.shape().blockBytes() != later.shape().blockBytes()) {
            throw new IllegalArgumentException("Only disks in blocks of the same size can be compared.");
        }
        this.earlier = earlier;
        this.later = later;
        this.nodes = nodes;
        this.visitor = visitor;
        this.tick = tick;
    }

    /// @return how many nodes were read
    public long run() throws IOException, DatastoreException {
        compare(Math.max(earlier.shape().rootLevel(), later.shape().rootLevel()), 0, Side.of(earlier), Side.of(later));
        return nodesRead;
    }

    private void compare(int level, long number, Side before, Side after) throws IOException, DatastoreException {
        if (before.equals(after)) {
            return;
        }
        tick.accept(ManifestShape.firstLeafOf(number, level) * ManifestShape.FANOUT);
        Optional<ManifestNode> beforeNode = node(level, before);
        Optional<ManifestNode> afterNode = node(level, after);
        for (int slot = 0; slot < ManifestShape.FANOUT; slot++) {
            Side beforeChild = child(level, slot, before, beforeNode);
            Side afterChild = child(level, slot, after, afterNode);
            long childNumber = number * ManifestShape.FANOUT + slot;
            if (level > 0) {
                compare(level - 1, childNumber, beforeChild, afterChild);
            } else if (!beforeChild.equals(afterChild)) {
                compareBlocks(childNumber, afterChild);
            }
        }
    }

    private void compareBlocks(long block, Side after) {
        if (after.isZeros()) {
            visitor.zeroed(block);
        } else {
            visitor.changed(block);
        }
    }

    /// The node of a side, if it has one on this level.
    private Optional<ManifestNode> node(int level, Side side) throws IOException, DatastoreException {
        if (side.isZeros() || side.level < level) {
            return Optional.empty();
        }
        nodesRead++;
        return Optional.of(nodes.read(side.id.orElseThrow(), level));
    }

    private static Side child(int level, int slot, Side side, Optional<ManifestNode> node) {
        if (node.isPresent()) {
            // Blocks have no level; all that counts is that both sides give them the same.
            return node.get()
                    .child(slot)
                    .map(id -> new Side(Optional.of(id), Math.max(0, level - 1)))
                    .orElse(Side.ZEROS);
        }
        return slot == 0 && !side.isZeros() && side.level < level ? side : Side.ZEROS;
    }
}
