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
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds what lives: follows trees, and marks every entry of the index whose chunk they lead to. Of several places of
/// a chunk one counts as the live one: the one that is most worth keeping. Belongs to one thread; must be closed.
final class Mark implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Mark.class);
    private static final int WORST = 3;
    private static final int TICK_ENTRIES = 1 << 10;

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

    /// What a mark found, for a later one to go on from. Nothing but what recovery points need may have been marked.
    record Found(IndexView view, Bits live, Bits walked) {}

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

    /// What was found, which must be all that was marked with [#markNeeded].
    Found found() {
        return new Found(view, live, walked);
    }

    /// Takes over what an earlier mark found, so that only what came since needs to be walked; what has been removed
    /// since counts as live still. Does nothing when a part of the index has gone since then: with it would go what
    /// says that the children of a node are live, but not what says that they need not be looked at.
    ///
    /// @throws CorruptDatastoreException when something of it is nowhere, or the index is damaged
    void goOnFrom(Found earlier) throws IOException, DatastoreException {
        Optional<List<IndexView.Moved>> moved = view.movedFrom(earlier.view);
        if (moved.isEmpty()) {
            return;
        }
        for (IndexView.Moved run : moved.get()) {
            live.addFrom(earlier.live, run);
            walked.addFrom(earlier.walked, run);
        }
        // Which of several places counts can have changed, since other packs are condemned now.
        view.forEach((ordinal, id, _) -> {
            if (ordinal % TICK_ENTRIES == 0) {
                tick.run();
            }
            if (live.contains(ordinal)) {
                Places places = placesOf(id);
                if (places.firstLive == ordinal) {
                    count(places, id);
                }
            }
        });
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
        private final boolean marking;
        private long first = -1;
        private long firstLive = -1;
        private int best = -1;
        private int bestRank = WORST + 1;
        private int bestBytes;

        private Places(boolean marking) {
            this.marking = marking;
        }

        void see(long ordinal, ChunkPlace place) {
            int pack = tally.numberOf(place.pack());
            if (first < 0) {
                first = ordinal;
            }
            if (firstLive < 0 && live.contains(ordinal)) {
                firstLive = ordinal;
            }
            if (marking) {
                live.add(ordinal);
            }
            int rank = (damaged.isDamaged(place) ? 2 : 0) + (condemned.test(place.pack()) ? 1 : 0);
            if (pack >= 0 && rank < bestRank) {
                best = pack;
                bestRank = rank;
                bestBytes = place.sealedLength();
            }
        }
    }

    private Places placesOf(ChunkId id) throws IOException, DatastoreException {
        Places places = new Places(false);
        view.places(id, places::see);
        return places;
    }

    /// @return the first entry of the chunk, which stands for it; negative when there is none
    private long mark(ChunkId id, boolean needed) throws IOException, DatastoreException {
        Places places = new Places(true);
        view.places(id, places::see);
        if (places.best < 0 && !needed) {
            return -1;
        }
        if (places.best < 0 || places.firstLive < 0) {
            count(places, id);
        }
        return places.first;
    }

    /// Counts a chunk as live in the pack that is to keep it.
    private void count(Places places, ChunkId id) throws CorruptDatastoreException {
        if (places.best < 0) {
            throw new CorruptDatastoreException(
                    "Chunk " + id + " is missing: a recovery point needs it, and no pack that exists has it.");
        }
        tally.addLive(places.best, places.bestBytes);
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
