package io.diskvault.engine.collect;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.IndexView;
import io.diskvault.engine.lease.ProtectedTree;
import io.diskvault.engine.manifest.ManifestNode;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.store.ChunkReader;
import io.diskvault.engine.store.UnusablePlaces;
import java.io.IOException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what lives: follows trees, and marks every entry of the index whose chunk they lead to. Of several places of
/// a chunk one counts as the live one: the one that is most worth keeping. Belongs to one thread; must be closed.
final class Mark implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mark.class);
    private static final int WORST = 3;

    private final IndexView view;
    private final PackTally tally;
    private final Predicate<PackId> condemned;
    private final UnusablePlaces damaged;
    private final ChunkReader chunks;
    private final NodeReader nodes;
    private final int chunkBytes;
    private final Runnable tick;

    private final Bits live;

    /// Nodes whose children are marked. Not the same as being live: what is a node in one tree could be the content
    /// of a block in another.
    private final Bits walked;

    /// @param condemned which packs are to be deleted: a place elsewhere counts as live rather than one there
    /// @param damaged what is known to be damaged: likewise
    /// @param chunks is closed with the mark
    /// @param tick called all the time; ends everything by throwing
    Mark(
            IndexView view,
            PackTally tally,
            Predicate<PackId> condemned,
            UnusablePlaces damaged,
            ChunkReader chunks,
            int chunkBytes,
            Runnable tick) {
        this.view = view;
        this.tally = tally;
        this.condemned = condemned;
        this.damaged = damaged;
        this.chunks = chunks;
        this.nodes = new NodeReader(chunks, chunkBytes);
        this.chunkBytes = chunkBytes;
        this.tick = tick;
        this.live = new Bits(view.entryCount());
        this.walked = new Bits(view.entryCount());
    }

    PackTally tally() {
        return tally;
    }

    /// Marks everything that a recovery point needs.
    ///
    /// @throws CorruptDatastoreException when something of it is nowhere, or cannot be read: then nobody knows what
    ///     else it needs
    void markNeeded(ProtectedTree tree) throws IOException, DatastoreException {
        walk(tree.root(), rootLevel(tree), true);
    }

    /// Marks everything that somebody reads, as far as it is there. What this mark does not know was committed after
    /// it began, by somebody who relies on nothing that is condemned.
    void markRead(ProtectedTree tree) throws IOException, DatastoreException {
        walk(tree.root(), rootLevel(tree), false);
    }

    private int rootLevel(ProtectedTree tree) {
        return new ManifestShape(chunkBytes, tree.diskBytes()).rootLevel();
    }

    private void walk(ChunkId id, int level, boolean needed) throws IOException, DatastoreException {
        tick.run();
        long ordinal = mark(id, needed);
        if (ordinal < 0 || !walked.add(ordinal)) {
            return;
        }
        ManifestNode node;
        try {
            node = nodes.read(id, level);
        } catch (CorruptDatastoreException e) {
            if (needed) {
                throw e;
            }
            LOG.warn("What is being read is damaged and kept as far as it can be read: {}", e.getMessage());
            return;
        }
        for (ChunkId child : node.children()) {
            if (level == 0) {
                mark(child, needed);
            } else {
                walk(child, level - 1, needed);
            }
        }
    }

    /// What was seen of the places of one chunk.
    private final class Places {
        private long first = -1;
        private int best = -1;
        private int bestRank = WORST + 1;
        private int bestBytes;
        private boolean added;

        void see(long ordinal, ChunkPlace place) {
            int pack = tally.numberOf(place.pack());
            if (first < 0) {
                first = ordinal;
            }
            added |= live.add(ordinal);
            int rank = (damaged.isDamaged(place) ? 2 : 0) + (condemned.test(place.pack()) ? 1 : 0);
            if (pack >= 0 && rank < bestRank) {
                best = pack;
                bestRank = rank;
                bestBytes = place.sealedLength();
            }
        }
    }

    /// @return the first entry of the chunk, which stands for it; negative when there is none
    private long mark(ChunkId id, boolean needed) throws IOException, DatastoreException {
        Places places = new Places();
        view.places(id, places::see);
        if (places.best < 0) {
            if (needed) {
                throw new CorruptDatastoreException(
                        "Chunk " + id + " is missing: a recovery point needs it, and no pack that exists has it.");
            }
            return -1;
        }
        if (places.added) {
            tally.addLive(places.best, places.bestBytes);
        }
        return places.first;
    }

    /// Whether something that was marked needs a chunk.
    boolean isLive(ChunkId id) throws IOException, DatastoreException {
        boolean[] found = new boolean[1];
        view.places(id, (ordinal, _) -> found[0] |= live.contains(ordinal));
        return found[0];
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
