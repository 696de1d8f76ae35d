package io.diskvault.engine.store;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Places that the index still names but no new recovery point may rely on: because the pack is condemned or gone, or
/// because what lies there is damaged. A writer stores a chunk again when it has no other place. Thread-safe.
public final class UnusablePlaces {

    @FunctionalInterface
    private interface PackCheck {
        boolean exists(PackId pack) throws IOException;
    }

    private final PackCheck check;
    private final Set<PackId> condemned = ConcurrentHashMap.newKeySet();
    private final Set<PackId> packs = ConcurrentHashMap.newKeySet();
    private final Set<Start> starts = ConcurrentHashMap.newKeySet();

    /// Where a sealed chunk starts. Its lengths do not matter: no two chunks start at the same place.
    private record Start(PackId pack, int offset) {}

    private final Map<PackId, Boolean> existing = new ConcurrentHashMap<>();
    private final DamageMet met = new DamageMet();

    /// For those who only collect what they find damaged: takes every pack to exist.
    public UnusablePlaces() {
        check = _ -> true;
    }

    /// Also looks, once for each pack that is asked for, whether the pack exists. To be made when the lease is held:
    /// a pack that exists then, or that comes later, and is not condemned stays as long as the lease.
    ///
    /// Asking for packs one by one costs a small backup next to nothing, however large the datastore is, and it
    /// is as good for packs that other writers add meanwhile.
    public UnusablePlaces(Directory directory) {
        check = pack -> directory.exists(pack.file());
    }

    /// A pack that is to be deleted.
    public void condemn(PackId pack) {
        condemned.add(pack);
    }

    /// A pack that is damaged as a whole.
    public void addPack(PackId pack) {
        packs.add(pack);
    }

    /// A place that turned out not to hold what it should.
    void addMet(ChunkPlace place, CorruptDatastoreException problem) {
        addPlace(place.pack(), place.offset());
        met.add(place, problem);
    }

    /// Logs what turned out to be damaged since the last time.
    void tellMet() {
        met.tell();
    }

    /// A place where something damaged lies.
    public void addPlace(PackId pack, int offset) {
        starts.add(new Start(pack, offset));
    }

    public boolean contains(ChunkPlace place) throws IOException {
        return condemned.contains(place.pack()) || isDamaged(place) || !exists(place.pack());
    }

    private boolean exists(PackId pack) throws IOException {
        Boolean known = existing.get(pack);
        if (known == null) {
            known = check.exists(pack);
            existing.put(pack, known);
        }
        return known;
    }

    /// Whether any damage is known.
    public boolean hasDamage() {
        return !packs.isEmpty() || !starts.isEmpty();
    }

    /// Whether what lies at a place was found to be damaged.
    public boolean isDamaged(ChunkPlace place) {
        return packs.contains(place.pack())
                || (!starts.isEmpty() && starts.contains(new Start(place.pack(), place.offset())));
    }
}
