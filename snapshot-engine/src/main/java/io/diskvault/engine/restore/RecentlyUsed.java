package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// What was made of the chunks that were used last. Thread-safe: who needs what another one is just loading waits for
/// it, and different chunks are loaded at the same time.
final class RecentlyUsed<V> {

    /// Where a value comes from that is not there.
    @FunctionalInterface
    interface Loader<V> {
        V load() throws IOException, DatastoreException;
    }

    /// One value, or the room for it while it is loaded.
    private static final class Slot<V> {
        private @Nullable V value;
    }

    private final int most;
    private final LinkedHashMap<ChunkId, Slot<V>> slots = new LinkedHashMap<>(16, 0.75f, true);

    /// @param most how many values are kept
    RecentlyUsed(int most) {
        this.most = most;
    }

    /// The value of a chunk, loaded if it is not there. A failure is not kept: the next one loads again.
    V get(ChunkId id, Loader<V> loader) throws IOException, DatastoreException {
        Slot<V> slot = slot(id);
        synchronized (slot) {
            V value = slot.value;
            if (value == null) {
                value = loader.load();
                slot.value = value;
            }
            return value;
        }
    }

    private Slot<V> slot(ChunkId id) {
        synchronized (slots) {
            Slot<V> slot = slots.computeIfAbsent(id, _ -> new Slot<>());
            if (slots.size() > most) {
                slots.pollFirstEntry();
            }
            return slot;
        }
    }
}
