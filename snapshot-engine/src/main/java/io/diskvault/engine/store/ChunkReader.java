package io.diskvault.engine.store;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackReader;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives chunks by id. Belongs to one thread; must be closed.
public final class ChunkReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChunkReader.class);

    private final ChunkIndex index;
    private final PackReader packs;
    private final UnusablePlaces damaged;

    /// @param damaged places to try last; learns of every place that does not hold what it should
    public ChunkReader(
            Directory directory, ChunkIndex index, DataKey dataKey, int plainBytesMax, UnusablePlaces damaged) {
        this.index = index;
        this.damaged = damaged;
        this.packs = new PackReader(directory, dataKey, plainBytesMax);
    }

    /// Reads a chunk into the start of an array and answers its length.
    ///
    /// @throws CorruptDatastoreException when it is nowhere to be had whole
    public int read(ChunkId id, byte[] plain) throws IOException, DatastoreException {
        List<ChunkPlace> places = index.places(id);
        if (places.isEmpty()) {
            throw new CorruptDatastoreException("Chunk " + id + " is missing. " + index.whyMissing());
        }
        if (places.size() > 1) {
            // What is known to be damaged comes last, so that a chunk that was healed costs nothing any more.
            places.sort(Comparator.comparing(damaged::contains));
        }
        for (int i = 0; i < places.size() - 1; i++) {
            try {
                return read(id, places.get(i), plain);
            } catch (CorruptDatastoreException e) {
                LOG.warn("Another copy of a chunk is tried: {}", e.getMessage());
            }
        }
        return read(id, places.getLast(), plain);
    }

    private int read(ChunkId id, ChunkPlace place, byte[] plain) throws IOException, DatastoreException {
        try {
            return packs.read(id, place, plain);
        } catch (CorruptDatastoreException e) {
            damaged.addPlace(place);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        packs.close();
    }
}
