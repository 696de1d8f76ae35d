package io.diskvault.engine.store;

import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackWriter;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/// The packs that one writer has begun. A worker takes one, appends to it alone, and gives it back; the one that was
/// given back last is taken first, so that there are never more packs than workers that append at the same time.
final class PackPool {

    private final Directory directory;
    private final DataKey dataKey;
    private final Randomness randomness;
    private final int plainBytesMax;
    private final Map<PackKind, ConcurrentLinkedDeque<PackWriter>> free = new EnumMap<>(PackKind.class);
    private final Set<PackWriter> unfinished = ConcurrentHashMap.newKeySet();

    PackPool(Directory directory, DataKey dataKey, Randomness randomness, int plainBytesMax) {
        this.directory = directory;
        this.dataKey = dataKey;
        this.randomness = randomness;
        this.plainBytesMax = plainBytesMax;
        for (PackKind kind : PackKind.values()) {
            free.put(kind, new ConcurrentLinkedDeque<>());
        }
    }

    PackWriter take(PackKind kind) throws IOException {
        PackWriter known = freeOf(kind).pollFirst();
        if (known != null) {
            return known;
        }
        PackId id = PackId.of(randomness.bytes(PackId.BYTES));
        PackWriter created = PackWriter.create(directory, id, kind, dataKey.packKey(id.bytes()), plainBytesMax);
        unfinished.add(created);
        return created;
    }

    void giveBack(PackKind kind, PackWriter pack) {
        freeOf(kind).addFirst(pack);
    }

    /// Takes all packs that nobody appends to.
    List<PackWriter> takeAll() {
        List<PackWriter> all = new ArrayList<>();
        for (PackKind kind : PackKind.values()) {
            for (PackWriter pack = freeOf(kind).pollFirst();
                    pack != null;
                    pack = freeOf(kind).pollFirst()) {
                all.add(pack);
            }
        }
        return all;
    }

    void finished(PackWriter pack) {
        unfinished.remove(pack);
    }

    /// Removes what was begun and not finished. Only when nobody appends any more.
    void discardUnfinished() throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (PackWriter pack : unfinished) {
            try {
                pack.discard();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        unfinished.clear();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private ConcurrentLinkedDeque<PackWriter> freeOf(PackKind kind) {
        ConcurrentLinkedDeque<PackWriter> packs = free.get(kind);
        if (packs == null) {
            throw new IllegalStateException("There is a pool for every kind of pack.");
        }
        return packs;
    }
}
