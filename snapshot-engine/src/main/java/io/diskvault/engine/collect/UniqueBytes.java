package io.diskvault.engine.collect;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.IndexView;
import io.diskvault.engine.lease.ProtectedTree;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.store.ChunkReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds how many of the stored bytes only some trees lead to: those of one disk among those of all, and each of
/// them by itself. What several of them share is not entered twice, so it takes about as long as a mark; eight bits
/// for each entry of the index are held. Belongs to one thread.
public final class UniqueBytes {

    private final IndexView view;
    private final NodeReader nodes;
    private final int chunkBytes;
    private final Runnable tick;

    private final Reach others;
    private final Reach own;

    /// What more than one of the own trees leads to.
    private final Reach shared;

    /// @param uniqueBytes stored for chunks that no other tree leads to
    /// @param bytesOfEach of these, for each own tree, what none of the own others leads to either
    public record Result(long uniqueBytes, List<Long> bytesOfEach) {

        public Result {
            bytesOfEach = List.copyOf(bytesOfEach);
        }
    }

    /// Chunks that were reached, and those of them that were entered as nodes: what is a node in one tree could be
    /// the content of a block in another.
    private record Reach(Bits chunks, Bits entered) {

        Reach(long entries) {
            this(new Bits(entries), new Bits(entries));
        }
    }

    /// What a walk does about a chunk that it comes to.
    private interface Visit {

        /// @return whether to enter it, if it is a node
        boolean enters(long ordinal);

        void chunk(long ordinal, ChunkPlace place);
    }

    /// @param tick called all the time; ends everything by throwing
    public UniqueBytes(IndexView view, ChunkReader chunks, int chunkBytes, Runnable tick) {
        this.view = view;
        this.nodes = new NodeReader(chunks, chunkBytes);
        this.chunkBytes = chunkBytes;
        this.tick = tick;
        this.others = new Reach(view.entryCount());
        this.own = new Reach(view.entryCount());
        this.shared = new Reach(view.entryCount());
    }

    /// @param ownTrees of the disk that is asked about; empty for disks of zeros
    /// @param otherTrees of all other disks
    /// @throws io.diskvault.engine.CorruptDatastoreException when the index or a node cannot be read: then nobody
    ///     knows what else is shared
    public Result of(List<Optional<ProtectedTree>> ownTrees, List<ProtectedTree> otherTrees)
            throws IOException, DatastoreException {
        if (!view.complete()) {
            throw view.damage().getFirst();
        }
        for (ProtectedTree tree : otherTrees) {
            walk(tree, new Others());
        }
        for (Optional<ProtectedTree> tree : ownTrees) {
            walk(tree, new Own());
        }
        List<Long> each = new ArrayList<>();
        for (Optional<ProtectedTree> tree : ownTrees) {
            Alone alone = new Alone();
            walk(tree, alone);
            each.add(alone.bytes);
        }
        long[] unique = new long[1];
        view.forEach((ordinal, _, place) -> {
            if (own.chunks.contains(ordinal) && !others.chunks.contains(ordinal)) {
                unique[0] += place.sealedLength();
            }
        });
        return new Result(unique[0], each);
    }

    private final class Others implements Visit {

        @Override
        public boolean enters(long ordinal) {
            return others.entered.add(ordinal);
        }

        @Override
        public void chunk(long ordinal, ChunkPlace place) {
            others.chunks.add(ordinal);
        }
    }

    /// Nothing is entered below which all is known to be shared.
    private final class Own implements Visit {

        private final Reach before = new Reach(view.entryCount());

        @Override
        public boolean enters(long ordinal) {
            if (others.entered.contains(ordinal) || shared.entered.contains(ordinal) || !before.entered.add(ordinal)) {
                return false;
            }
            if (!own.entered.add(ordinal)) {
                shared.entered.add(ordinal);
            }
            return true;
        }

        @Override
        public void chunk(long ordinal, ChunkPlace place) {
            if (before.chunks.add(ordinal) && !own.chunks.add(ordinal)) {
                shared.chunks.add(ordinal);
            }
        }
    }

    private final class Alone implements Visit {

        private final Reach before = new Reach(view.entryCount());
        private long bytes;

        @Override
        public boolean enters(long ordinal) {
            return !others.entered.contains(ordinal)
                    && !shared.entered.contains(ordinal)
                    && before.entered.add(ordinal);
        }

        @Override
        public void chunk(long ordinal, ChunkPlace place) {
            if (!others.chunks.contains(ordinal) && !shared.chunks.contains(ordinal) && before.chunks.add(ordinal)) {
                bytes += place.sealedLength();
            }
        }
    }

    private void walk(Optional<ProtectedTree> tree, Visit visit) throws IOException, DatastoreException {
        if (tree.isPresent()) {
            walk(tree.get(), visit);
        }
    }

    private void walk(ProtectedTree tree, Visit visit) throws IOException, DatastoreException {
        walk(tree.root(), new ManifestShape(chunkBytes, tree.diskBytes()).rootLevel(), visit);
    }

    private void walk(ChunkId id, int level, Visit visit) throws IOException, DatastoreException {
        tick.run();
        long ordinal = reach(id, visit);
        if (ordinal < 0 || !visit.enters(ordinal)) {
            return;
        }
        for (ChunkId child : nodes.read(id, level).children()) {
            if (level == 0) {
                reach(child, visit);
            } else {
                walk(child, level - 1, visit);
            }
        }
    }

    /// @return the first entry of the chunk, which stands for it; negative when there is none
    private long reach(ChunkId id, Visit visit) throws IOException, DatastoreException {
        First first = new First();
        view.places(id, first::see);
        if (first.place != null) {
            visit.chunk(first.ordinal, first.place);
        }
        return first.ordinal;
    }

    private static final class First {
        private long ordinal = -1;
        private @Nullable ChunkPlace place;

        void see(long seen, ChunkPlace there) {
            if (place == null) {
                ordinal = seen;
                place = there;
            }
        }
    }
}
