package io.diskvault.engine.store;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.index.FragmentWriter;
import io.diskvault.engine.index.IndexEntry;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackEntry;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackWriter;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Adds chunks to a datastore for one backup.
///
/// [#store] may be called by many threads; [#checkpoint], [#commit] and [#close] by the one that owns the writer,
/// `commit` and `close` only when no `store` runs. Chunks count from the moment that `commit` returns, or that a
/// fragment was written on the way; what a crash or [#close] leaves of an uncommitted writer is harmless, and its
/// complete fragments spare the next attempt work.
public final class ChunkWriter implements AutoCloseable {

    private final Directory directory;
    private final ChunkIndex index;
    private final StoreLimits limits;
    private final Randomness randomness;
    private final PackPool packs;

    /// Ends and syncs packs beside the workers, which need not wait for the storage.
    private final ExecutorService finisher = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pack-finisher").factory());

    private final Semaphore finishingSlots;
    private final ConcurrentLinkedQueue<Future<List<PackEntry>>> finishing = new ConcurrentLinkedQueue<>();

    /// Chunks that this writer stores and no fragment knows yet.
    private final Set<ChunkId> claimed = ConcurrentHashMap.newKeySet();

    private final UnusablePlaces unusable;
    private final AtomicLong healedChunks = new AtomicLong();
    private final AtomicLong storedBytes = new AtomicLong();
    private TreeSet<IndexEntry> durable = new TreeSet<>();

    /// @param unusable what this writer must not rely on; may grow while it works
    public ChunkWriter(
            Directory directory,
            ChunkIndex index,
            UnusablePlaces unusable,
            DataKey dataKey,
            Randomness randomness,
            int plainBytesMax,
            StoreLimits limits) {
        this.directory = directory;
        this.index = index;
        this.unusable = unusable;
        this.limits = limits;
        this.randomness = randomness;
        this.packs = new PackPool(directory, dataKey, randomness, plainBytesMax);
        this.finishingSlots = new Semaphore(limits.packsBeingSynced());
    }

    /// Stores a chunk, unless the datastore has it in a place that can be relied on.
    public void store(ChunkId id, byte[] plain, int offset, int length, PackKind kind, ChunkSealer sealer)
            throws IOException, DatastoreException {
        // The claim comes first: two workers with the same new content must not both store it.
        if (!claimed.add(id)) {
            return;
        }
        boolean damaged = false;
        for (ChunkPlace place : index.places(id)) {
            if (!unusable.contains(place)) {
                claimed.remove(id);
                return;
            }
            damaged |= unusable.isDamaged(place);
        }
        if (damaged) {
            healedChunks.incrementAndGet();
        }
        append(id, plain, offset, length, kind, sealer);
    }

    private void append(ChunkId id, byte[] plain, int offset, int length, PackKind kind, ChunkSealer sealer)
            throws IOException {
        PackWriter pack = packs.take(kind);
        pack.append(id, plain, offset, length, sealer);
        if (pack.sizeBytes() >= limits.packBytes()) {
            finish(pack);
        } else {
            packs.giveBack(kind, pack);
        }
    }

    /// Writes an index fragment if enough has become durable. To be called often.
    public void checkpoint() throws IOException, DatastoreException {
        for (Future<List<PackEntry>> head = finishing.peek(); head != null && head.isDone(); head = finishing.peek()) {
            takeFinished();
        }
        if (durable.size() >= limits.fragmentEntries()) {
            writeFragment();
            index.mergeWhereMany(randomness);
        }
    }

    /// Makes everything that was stored durable and known to the index.
    public void commit() throws IOException, DatastoreException {
        for (PackWriter pack : packs.takeAll()) {
            finish(pack);
        }
        while (!finishing.isEmpty()) {
            takeFinished();
        }
        if (durable.isEmpty()) {
            // What was found instead of stored may have been published a moment ago.
            FragmentWriter.makeNamesDurable(directory);
        } else {
            writeFragment();
        }
    }

    /// How many chunks were stored although the index knew them, because what it knew of was damaged.
    public long healedChunks() {
        return healedChunks.get();
    }

    /// The bytes of the packs and fragments that this writer has finished.
    public long storedBytes() {
        return storedBytes.get();
    }

    private void finish(PackWriter pack) {
        finishingSlots.acquireUninterruptibly();
        Callable<List<PackEntry>> task = () -> {
            try {
                List<PackEntry> entries = pack.finish();
                packs.finished(pack);
                storedBytes.addAndGet(pack.sizeBytes());
                return entries;
            } finally {
                finishingSlots.release();
            }
        };
        finishing.add(finisher.submit(task));
    }

    private void takeFinished() throws IOException {
        Future<List<PackEntry>> head = finishing.remove();
        try {
            for (PackEntry entry : head.get()) {
                durable.add(new IndexEntry(entry.id(), entry.place()));
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("A pack could not be finished.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while packs were being synced.", e);
        }
    }

    private void writeFragment() throws IOException, DatastoreException {
        // Every directory above a pack is synced, whoever made it: another backup may have created it a moment ago,
        // and may be about to fail before it syncs it.
        Set<String> directories = new TreeSet<>();
        durable.forEach(entry -> directories.add(entry.place().pack().directory()));
        for (String packDirectory : directories) {
            directory.syncDirectory(packDirectory);
        }
        directory.syncDirectory(PackId.DIRECTORY);
        directory.syncDirectory("");
        storedBytes.addAndGet(FragmentWriter.write(directory, durable, randomness));
        index.refresh();
        durable.forEach(entry -> claimed.remove(entry.id()));
        durable = new TreeSet<>();
    }

    @Override
    public void close() throws IOException {
        finisher.close();
        packs.discardUnfinished();
    }
}
