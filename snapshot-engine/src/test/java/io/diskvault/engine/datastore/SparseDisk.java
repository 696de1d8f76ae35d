package io.diskvault.engine.datastore;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A disk of any size with single blocks of noise, which takes no room.
///
/// @param places where the blocks start, in ascending order
record SparseDisk(long sizeBytes, List<Long> places, long seed) implements DiskSource {

    /// What such a disk has at one of its places.
    static byte[] block(long place, long seed) {
        return Workbench.noise(Workbench.CHUNK, seed + place);
    }

    @Override
    public Optional<Extent> dataFrom(long offset) {
        return places.stream()
                .filter(place -> place + Workbench.CHUNK > offset)
                .map(place -> new Extent(Math.max(place, offset), place + Workbench.CHUNK - Math.max(place, offset)))
                .findFirst();
    }

    @Override
    public void read(ByteBuffer into, long offset) {
        long place = offset / Workbench.CHUNK * Workbench.CHUNK;
        into.put(block(place, seed), (int) (offset - place), into.remaining());
    }

    @Override
    public boolean changedSinceOpened() {
        return false;
    }

    @Override
    public void close() {}
}
