package io.diskvault.engine.store;

import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Places that the index still names but no new recovery point may rely on: because the pack is condemned or gone, or
/// because what lies there is damaged. A writer stores a chunk again when it has no other place. Thread-safe.
public final class UnusablePlaces {

    private final Set<PackId> packs = ConcurrentHashMap.newKeySet();
    private final Set<ChunkPlace> places = ConcurrentHashMap.newKeySet();

    public void addPack(PackId pack) {
        packs.add(pack);
    }

    public void addPlace(ChunkPlace place) {
        places.add(place);
    }

    public boolean contains(ChunkPlace place) {
        return packs.contains(place.pack()) || places.contains(place);
    }
}
