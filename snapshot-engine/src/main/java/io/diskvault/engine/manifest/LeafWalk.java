package io.diskvault.engine.manifest;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Goes through the leaves of a manifest that are there, from the start of the disk to its end, and reads each node
/// above them once. Sub-trees of holes are never entered.
public final class LeafWalk {

    /// @param number which leaf of the disk it is, counted from its start
    public record Leaf(long number, ChunkId id) {}

    /// What is done about nodes that cannot be read. Whoever throws ends the walk; otherwise it goes on behind them.
    @FunctionalInterface
    public interface LostNodes {

        LostNodes REFUSED = (_, _, why) -> {
            throw why;
        };

        /// @param firstLeaf the first leaf that nobody knows anything of
        /// @param leaves how many there are, some of them perhaps beyond the end of the disk
        void lost(long firstLeaf, long leaves, CorruptDatastoreException why) throws IOException, DatastoreException;
    }

    private record Place(long number, ManifestNode node) {}

    private final ManifestShape shape;
    private final Optional<ChunkId> root;
    private final NodeSource nodes;
    private final LostNodes lostNodes;
    private final Map<Integer, Place> path = new HashMap<>();
    private long askedFrom = -1;
    private Optional<Leaf> found = Optional.empty();

    /// @param lostNodes is told each node that cannot be read once, as long as the numbers grow
    public LeafWalk(ManifestShape shape, Optional<ChunkId> root, NodeSource nodes, LostNodes lostNodes) {
        this.shape = shape;
        this.root = root;
        this.nodes = nodes;
        this.lostNodes = lostNodes;
    }

    /// The first leaf at or after a number. Numbers that grow from call to call cost least.
    public Optional<Leaf> firstFrom(long number) throws IOException, DatastoreException {
        boolean known = askedFrom >= 0
                && number >= askedFrom
                && found.map(leaf -> number <= leaf.number).orElse(true);
        if (!known) {
            found = root.isPresent() && ManifestShape.ancestorOf(number, shape.rootLevel()) == 0
                    ? search(shape.rootLevel(), 0, root.get(), number)
                    : Optional.empty();
        }
        askedFrom = number;
        return found;
    }

    /// The leaf of this number, if it is there.
    public Optional<ChunkId> leaf(long number) throws IOException, DatastoreException {
        return firstFrom(number).filter(leaf -> leaf.number == number).map(Leaf::id);
    }

    private Optional<Leaf> search(int level, long number, ChunkId id, long from)
            throws IOException, DatastoreException {
        if (level == 0) {
            return Optional.of(new Leaf(number, id));
        }
        ManifestNode node;
        try {
            node = node(level, number, id);
        } catch (CorruptDatastoreException e) {
            lostNodes.lost(ManifestShape.firstLeafOf(number, level), ManifestShape.leavesBelow(level), e);
            return Optional.empty();
        }
        long firstChild = number * ManifestShape.FANOUT;
        long start = Math.max(0, ManifestShape.ancestorOf(from, level - 1) - firstChild);
        int slot = node.nextPresent((int) Math.min(start, ManifestShape.FANOUT));
        while (slot < ManifestShape.FANOUT) {
            Optional<Leaf> leaf =
                    search(level - 1, firstChild + slot, node.child(slot).orElseThrow(), from);
            if (leaf.isPresent()) {
                return leaf;
            }
            slot = node.nextPresent(slot + 1);
        }
        return Optional.empty();
    }

    private ManifestNode node(int level, long number, ChunkId id) throws IOException, DatastoreException {
        Place known = path.get(level);
        if (known != null && known.number == number) {
            return known.node;
        }
        ManifestNode node = nodes.read(id, level);
        path.put(level, new Place(number, node));
        return node;
    }
}
