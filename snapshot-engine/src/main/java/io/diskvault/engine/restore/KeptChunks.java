package io.diskvault.engine.restore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The content of the chunks that were used last, in arrays that are used again for others: arrays that were made anew
/// would live just long enough for the garbage collector to copy each of them, and readers would wait for that.
/// Thread-safe: who needs what another one is just loading waits for it, and different chunks are loaded at the same
/// time. Content is only looked at under its slot's lock, so that no array is used for another chunk meanwhile.
final class KeptChunks {

    /// Where content comes from that is not there.
    @FunctionalInterface
    interface Loader {
        /// Fills an array from its start, as far as the chunk goes.
        void load(byte[] into) throws IOException, DatastoreException;
    }

    /// One chunk, or the room for it while it is loaded.
    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private byte @Nullable [] content;
        private int length;
    }

    private final int most;
    private final int chunkBytes;
    private final LinkedHashMap<ChunkId, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<byte[]> spare = new ArrayDeque<>();

    /// @param most how many chunks are kept
    /// @param chunkBytes how long a chunk is at most
    KeptChunks(int most, int chunkBytes) {
        this.most = most;
        this.chunkBytes = chunkBytes;
    }

    /// Uses the content of a chunk, loaded if it is not there. A failure is not kept: the next one loads again.
    ///
    /// @param length how long the chunk has to be
    /// @param user must not keep the array; what lies in it behind the length is of no chunk
    void use(ChunkId id, int length, Loader loader, Consumer<byte[]> user) throws IOException, DatastoreException {
        Slot slot = slot(id);
        slot.lock.lock();
        try {
            byte[] content = slot.content;
            if (content == null) {
                content = loaded(loader);
                slot.content = content;
                slot.length = length;
            }
            use(slot, id, content, length, user);
        } finally {
            slot.lock.unlock();
        }
    }

    /// The same if the chunk is there, or is just being loaded.
    ///
    /// @return whether it was
    boolean useKnown(ChunkId id, int length, Consumer<byte[]> user) throws DatastoreException {
        Slot slot;
        synchronized (slots) {
            slot = slots.get(id);
        }
        if (slot == null) {
            return false;
        }
        slot.lock.lock();
        try {
            byte[] content = slot.content;
            if (content == null) {
                return false;
            }
            use(slot, id, content, length, user);
            return true;
        } finally {
            slot.lock.unlock();
        }
    }

    private static void use(Slot slot, ChunkId id, byte[] content, int length, Consumer<byte[]> user)
            throws DatastoreException {
        if (slot.length != length) {
            throw new CorruptDatastoreException(
                    "Chunk " + id + " has " + slot.length + " bytes where the disk needs " + length + ".");
        }
        user.accept(content);
    }

    private byte[] loaded(Loader loader) throws IOException, DatastoreException {
        byte[] content = array();
        boolean loaded = false;
        try {
            loader.load(content);
            loaded = true;
            return content;
        } finally {
            if (!loaded) {
                giveBack(content);
            }
        }
    }

    private Slot slot(ChunkId id) {
        Slot slot;
        Slot oldest = null;
        synchronized (slots) {
            slot = slots.computeIfAbsent(id, _ -> new Slot());
            if (slots.size() > most) {
                oldest = slots.pollFirstEntry().getValue();
            }
        }
        if (oldest != null) {
            reuse(oldest);
        }
        return slot;
    }

    /// Of a chunk that is not kept any more. Where somebody is at it right now, nobody waits, and the array is left
    /// to the garbage collector.
    private void reuse(Slot oldest) {
        if (oldest.lock.tryLock()) {
            try {
                byte[] content = oldest.content;
                if (content != null) {
                    oldest.content = null;
                    giveBack(content);
                }
            } finally {
                oldest.lock.unlock();
            }
        }
    }

    private byte[] array() {
        synchronized (spare) {
            byte[] known = spare.poll();
            return known == null ? new byte[chunkBytes] : known;
        }
    }

    private void giveBack(byte[] content) {
        synchronized (spare) {
            spare.push(content);
        }
    }
}
