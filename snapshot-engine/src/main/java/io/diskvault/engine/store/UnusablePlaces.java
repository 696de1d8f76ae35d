package io.diskvault.engine.store;

import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Places that the index still names but no new recovery point may rely on: because the pack is condemned or gone, or
/// because what lies there is damaged. A writer stores a chunk again when it has no other place. Thread-safe.
public final class UnusablePlaces {

    private final Set<PackId> packs = ConcurrentHashMap.newKeySet();
    private final Set<Start> starts = ConcurrentHashMap.newKeySet();

    /// Where a sealed chunk starts. Its lengths do not matter: no two chunks start at the same place.
    private record Start(PackId pack, int offset) {}

    public void addPack(PackId pack) {
        packs.add(pack);
    }

    public void addPlace(ChunkPlace place) {
        addPlace(place.pack(), place.offset());
    }

    public void addPlace(PackId pack, int offset) {
        starts.add(new Start(pack, offset));
    }

    public boolean contains(ChunkPlace place) {
        return packs.contains(place.pack())
                || (!starts.isEmpty() && starts.contains(new Start(place.pack(), place.offset())));
    }
}
