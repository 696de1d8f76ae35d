package io.diskvault.engine.store;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.MissingPackException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackReader;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Gives chunks by id. Belongs to one thread; must be closed.
public final class ChunkReader implements AutoCloseable {

    /// How often a chunk may be moved while it is being looked for before its pack counts as lost.
    private static final int ATTEMPTS_MAX = 3;

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
        return read(id, ByteBuffer.wrap(plain));
    }

    /// Reads a chunk into a buffer and answers its length.
    ///
    /// @throws CorruptDatastoreException when it is nowhere to be had whole, or longer than the rest of the buffer
    public int read(ChunkId id, ByteBuffer plain) throws IOException, DatastoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                return readFrom(index.places(id), id, plain);
            } catch (MissingPackException e) {
                // A collector publishes where a chunk went before it deletes the pack that it was in.
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                index.refresh();
            }
        }
    }

    private int readFrom(List<ChunkPlace> places, ChunkId id, ByteBuffer plain) throws IOException, DatastoreException {
        if (places.isEmpty()) {
            throw new CorruptDatastoreException("Chunk " + id + " is missing. " + index.whyMissing());
        }
        if (places.size() > 1) {
            // What is known to be damaged comes last, so that a chunk that was healed costs nothing any more.
            places.sort(Comparator.comparing(damaged::isDamaged));
        }
        MissingPackException missing = null;
        CorruptDatastoreException damage = null;
        for (ChunkPlace place : places) {
            try {
                return readAt(place, id, plain);
            } catch (MissingPackException e) {
                missing = e;
            } catch (CorruptDatastoreException e) {
                damage = e;
            }
        }
        throw missing == null ? Objects.requireNonNull(damage) : missing;
    }

    /// Reads a chunk from one of its places. What it gives is whole; a place that turns out to be damaged is
    /// remembered as such.
    public int readAt(ChunkPlace place, ChunkId id, ByteBuffer plain) throws IOException, DatastoreException {
        try {
            return packs.read(id, place, plain);
        } catch (MissingPackException e) {
            throw e;
        } catch (CorruptDatastoreException e) {
            damaged.addMet(place, e);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        damaged.tellMet();
        packs.close();
    }
}
