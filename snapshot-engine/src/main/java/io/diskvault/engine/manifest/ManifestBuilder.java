package io.diskvault.engine.manifest;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Builds the nodes above the leaves, from the start of the disk to its end.
public final class ManifestBuilder {

    /// Where nodes go that are complete. Equal nodes have equal ids, and only new ones need to be kept.
    @FunctionalInterface
    public interface NodeStore {
        ChunkId store(ManifestNode node) throws IOException, DatastoreException;
    }

    /// A node that still gets children; the root's level comes last.
    private static final class Level {
        private final ManifestNode.Builder node;
        private long number;
        private boolean started;

        private Level(int level) {
            node = new ManifestNode.Builder(level);
        }
    }

    private final NodeStore store;
    private final List<Level> levels = new ArrayList<>();
    private Optional<ChunkId> onlyLeaf = Optional.empty();

    public ManifestBuilder(ManifestShape shape, NodeStore store) {
        this.store = store;
        for (int level = 1; level <= shape.rootLevel(); level++) {
            levels.add(new Level(level));
        }
    }

    /// Adds a leaf that holds something. The numbers must grow.
    public void addLeaf(long number, ChunkId id) throws IOException, DatastoreException {
        if (levels.isEmpty()) {
            if (number != 0 || onlyLeaf.isPresent()) {
                throw new IllegalArgumentException("This disk has one leaf only, not number " + number + ".");
            }
            onlyLeaf = Optional.of(id);
        } else {
            add(0, number, id);
        }
    }

    private void add(int above, long child, ChunkId id) throws IOException, DatastoreException {
        Level level = levels.get(above);
        long number = child / ManifestShape.FANOUT;
        if (level.started && level.number != number) {
            end(above);
        }
        level.started = true;
        level.number = number;
        level.node.add((int) (child % ManifestShape.FANOUT), id);
    }

    private void end(int above) throws IOException, DatastoreException {
        Level level = levels.get(above);
        ChunkId id = store.store(level.node.take());
        level.started = false;
        add(above + 1, level.number, id);
    }

    /// Ends the tree and gives its root; empty when no leaf was added.
    public Optional<ChunkId> finish() throws IOException, DatastoreException {
        if (levels.isEmpty()) {
            return onlyLeaf;
        }
        for (int above = 0; above < levels.size() - 1; above++) {
            if (levels.get(above).started) {
                end(above);
            }
        }
        Level root = levels.getLast();
        return root.started ? Optional.of(store.store(root.node.take())) : Optional.empty();
    }
}
