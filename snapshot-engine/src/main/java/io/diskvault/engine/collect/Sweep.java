package io.diskvault.engine.collect;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackEntry;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.store.ChunkReader;
import io.diskvault.engine.store.ChunkWriter;
import io.diskvault.engine.store.UnusablePlaces;
import io.diskvault.engine.work.Stage;
import io.diskvault.engine.work.StageProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes packs after it has copied what lives in them. Runs once; must be closed.
///
/// Works in batches: the copies of one batch are durable and in the index before its packs are deleted. So it can be
/// stopped at any moment, needs little more space than one batch, and has given space back after each.
final class Sweep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /// A batch has read this many full packs at most: each costs one more index fragment.
    private static final int BATCH_PACKS = 8;

    /// So many packs that need no copying are deleted at once.
    private static final int DEAD_PACKS_AT_ONCE = 64;

    private final CollectStore store;
    private final Mark mark;
    private final UnusablePlaces unusable;
    private final StageProgress progress;
    private final ChunkReader reader;
    private final ChunkSealer sealer;
    private final byte[] plain;
    private final List<PackId> batch = new ArrayList<>();
    private final NavigableSet<PackId> damaged = new TreeSet<>();
    private @Nullable ChunkWriter writer;
    private int deletedPacks;
    private int rewrittenPacks;
    private long deletedBytes;
    private long batchCopied;
    private long doneBytes;
    private long allBytes;
    private long copiedBytes;

    Sweep(CollectStore store, Mark mark, UnusablePlaces unusable, StageProgress progress) {
        this.store = store;
        this.mark = mark;
        this.unusable = unusable;
        this.progress = progress;
        this.reader = store.reader(unusable);
        this.sealer = new ChunkSealer(store.chunkBytes());
        this.plain = new byte[store.chunkBytes()];
    }

    int deletedPacks() {
        return deletedPacks;
    }

    int rewrittenPacks() {
        return rewrittenPacks;
    }

    long deletedBytes() {
        return deletedBytes;
    }

    long copiedBytes() {
        return copiedBytes;
    }

    /// Packs that had to stay, because something in them is needed and cannot be read.
    NavigableSet<PackId> damaged() {
        return damaged;
    }

    /// @param packs numbers in the tally of the mark, those to be deleted first at the front
    void run(List<Integer> packs) throws IOException, DatastoreException {
        for (int number : packs) {
            allBytes += mark.tally().fileBytes(number);
        }
        for (int number : packs) {
            tick();
            doneBytes += mark.tally().fileBytes(number);
            PackId pack = mark.tally().pack(number);
            boolean nothingCopied = writer == null;
            if (!copyLive(pack, number)) {
                LOG.warn("{} has to stay: something in it is needed and cannot be read.", pack.file());
                damaged.add(pack);
                continue;
            }
            if (writer != null && nothingCopied) {
                // The first that needs copies. What needs none is deleted before them: that makes room for them.
                delete();
            }
            batch.add(pack);
            if (writer == null ? batch.size() >= DEAD_PACKS_AT_ONCE : batchCopied >= batchBytesMax()) {
                endBatch();
            }
        }
        endBatch();
        tick();
    }

    private void tick() {
        progress.reached(Stage.SWEEPING, doneBytes, allBytes);
    }

    private long batchBytesMax() {
        return (long) BATCH_PACKS * store.limits().packBytes();
    }

    /// Copies what lives in a pack and is in no other place. Answers whether the pack can go.
    private boolean copyLive(PackId pack, int number) throws IOException, DatastoreException {
        List<PackEntry> entries;
        PackKind kind;
        try {
            entries = PackTable.read(store.directory(), pack);
            kind = PackTable.kind(store.directory(), pack);
        } catch (CorruptDatastoreException e) {
            LOG.warn("A pack that is to be deleted is damaged: {}", e.getMessage());
            return mark.tally().liveChunks(number) == 0;
        }
        boolean whole = true;
        boolean copied = false;
        int live = 0;
        for (PackEntry entry : entries) {
            if (!mark.isLive(entry.id())) {
                continue;
            }
            tick();
            live++;
            if (!isElsewhere(entry.id())) {
                whole &= copy(entry, kind);
                copied = true;
            }
        }
        rewrittenPacks += copied && whole ? 1 : 0;
        return whole && live >= mark.tally().liveChunks(number);
    }

    /// Whether a chunk has a good place in a pack that stays. It is read before it is relied on: the place that is
    /// about to be deleted may be the only good one.
    private boolean isElsewhere(ChunkId id) throws IOException, DatastoreException {
        for (ChunkPlace place : store.index().places(id)) {
            if (!unusable.contains(place)) {
                try {
                    reader.readAt(place, id, ByteBuffer.wrap(plain));
                    return true;
                } catch (CorruptDatastoreException e) {
                    LOG.debug("A copy of a chunk is not relied on: {}", e.getMessage());
                }
            }
        }
        return false;
    }

    private boolean copy(PackEntry entry, PackKind kind) throws IOException, DatastoreException {
        int length;
        try {
            length = read(entry);
        } catch (CorruptDatastoreException e) {
            LOG.debug("Cannot be copied: {}", e.getMessage());
            return false;
        }
        if (writer == null) {
            writer = store.writer(unusable);
        }
        writer.store(entry.id(), plain, 0, length, kind, sealer);
        writer.checkpoint();
        batchCopied += entry.place().sealedLength();
        return true;
    }

    private int read(PackEntry entry) throws IOException, DatastoreException {
        try {
            return reader.readAt(entry.place(), entry.id(), ByteBuffer.wrap(plain));
        } catch (CorruptDatastoreException e) {
            return reader.read(entry.id(), plain);
        }
    }

    private void endBatch() throws IOException, DatastoreException {
        if (writer != null) {
            writer.commit();
            copiedBytes += writer.storedBytes();
            writer.close();
            writer = null;
            batchCopied = 0;
        }
        delete();
    }

    private void delete() throws IOException {
        Set<String> directories = new TreeSet<>();
        for (PackId pack : batch) {
            if (store.directory().delete(pack.file())) {
                directories.add(pack.directory());
                deletedPacks++;
                deletedBytes += mark.tally().fileBytes(mark.tally().numberOf(pack));
            }
        }
        batch.clear();
        // Nothing may say that a pack is gone before it is gone for good.
        for (String directory : directories) {
            store.directory().syncDirectory(directory);
        }
    }

    @Override
    public void close() throws IOException {
        try (reader;
                sealer) {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
