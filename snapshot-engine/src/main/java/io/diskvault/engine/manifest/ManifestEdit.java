package io.diskvault.engine.manifest;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a manifest out of another one of the same shape by exchanging some leaves, from the start of the disk to its
/// end. Sub-trees without such a leaf are taken over as they are, and not even read.
public final class ManifestEdit {

    /// A node that still gets children; the root's level comes last.
    private static final class Level {
        private final ManifestNode.Builder node;
        private long number;
        private boolean started;
        private @Nullable ManifestNode base;
        private int taken;

        private Level(int level) {
            node = new ManifestNode.Builder(level);
        }

        private void start(long newNumber, Optional<ManifestNode> newBase) {
            started = true;
            number = newNumber;
            base = newBase.orElse(null);
            taken = 0;
        }

        /// Takes the children of the base over that stand before a slot, as far as that was not done yet.
        private void takeOver(int to) {
            ManifestNode known = base;
            if (known != null) {
                for (int slot = known.nextPresent(taken); slot < to; slot = known.nextPresent(slot + 1)) {
                    node.add(slot, known.child(slot).orElseThrow());
                }
            }
            taken = to;
        }
    }

    private record Place(long number, Optional<ManifestNode> node) {}

    private final Manifest base;
    private final int rootLevel;
    private final NodeSource nodes;
    private final ManifestBuilder.NodeStore store;
    private final List<Level> levels = new ArrayList<>();

    /// Of each level, from 1 on, the node of the base that was looked at last.
    private final List<Place> path = new ArrayList<>();

    private Optional<ChunkId> root;

    public ManifestEdit(Manifest base, NodeSource nodes, ManifestBuilder.NodeStore store) {
        this.base = base;
        this.rootLevel = base.shape().rootLevel();
        this.nodes = nodes;
        this.store = store;
        this.root = base.root();
        for (int level = 1; level <= rootLevel; level++) {
            levels.add(new Level(level));
            path.add(new Place(-1, Optional.empty()));
        }
    }

    /// Puts a leaf in the place of what the base has there. The numbers must grow.
    ///
    /// @param id empty for one that holds nothing but zeros
    public void setLeaf(long number, Optional<ChunkId> id) throws IOException, DatastoreException {
        set(0, number, id);
    }

    private void set(int above, long child, Optional<ChunkId> id) throws IOException, DatastoreException {
        if (above == levels.size()) {
            root = id;
            return;
        }
        Level level = levels.get(above);
        long number = child / ManifestShape.FANOUT;
        if (level.started && level.number != number) {
            end(above);
        }
        if (!level.started) {
            level.start(number, baseNode(above + 1, number));
        }
        int slot = (int) (child % ManifestShape.FANOUT);
        level.takeOver(slot);
        level.taken = slot + 1;
        if (id.isPresent()) {
            level.node.add(slot, id.get());
        }
    }

    private void end(int above) throws IOException, DatastoreException {
        Level level = levels.get(above);
        level.takeOver(ManifestShape.FANOUT);
        ManifestNode node = level.node.take();
        level.started = false;
        set(above + 1, level.number, node.isEmpty() ? Optional.empty() : Optional.of(store.store(node)));
    }

    private Optional<ManifestNode> baseNode(int level, long number) throws IOException, DatastoreException {
        Place known = path.get(level - 1);
        if (known.number == number) {
            return known.node;
        }
        Optional<ChunkId> id = level == rootLevel
                ? base.root()
                : baseNode(level + 1, number / ManifestShape.FANOUT)
                        .flatMap(node -> node.child((int) (number % ManifestShape.FANOUT)));
        Optional<ManifestNode> node = id.isPresent() ? Optional.of(nodes.read(id.get(), level)) : Optional.empty();
        path.set(level - 1, new Place(number, node));
        return node;
    }

    /// Ends the tree and gives its root; empty when nothing is left but zeros.
    public Optional<ChunkId> finish() throws IOException, DatastoreException {
        for (int above = 0; above < levels.size(); above++) {
            if (levels.get(above).started) {
                end(above);
            }
        }
        return root;
    }
}
