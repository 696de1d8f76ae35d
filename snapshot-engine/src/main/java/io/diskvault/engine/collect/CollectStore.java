package io.diskvault.engine.collect;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.lease.Epoch;
import io.diskvault.engine.lease.Epochs;
import io.diskvault.engine.lease.Leases;
import io.diskvault.engine.lease.ProtectedTree;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.store.ChunkReader;
import io.diskvault.engine.store.ChunkWriter;
import io.diskvault.engine.store.StoreLimits;
import io.diskvault.engine.store.UnusablePlaces;
import io.diskvault.engine.verify.DamagedLists;
import java.io.IOException;
import java.util.List;

/// The datastore that is collected.
///
/// @param chunkBytes its chunk size
/// @param points what all recovery points need
public record CollectStore(
        Directory directory,
        ChunkIndex index,
        DataKey key,
        Randomness randomness,
        int chunkBytes,
        StoreLimits limits,
        Leases leases,
        Epochs epochs,
        Points points) {

    /// Where the recovery points are found.
    @FunctionalInterface
    public interface Points {

        /// The manifests of all recovery points. That the others are gone must be durable when this returns: what
        /// only they needed will be deleted.
        ///
        /// @throws DatastoreException when a record cannot be read, since then nobody knows what it needs
        List<ProtectedTree> all() throws IOException, DatastoreException;
    }

    /// What a collector must not rely on.
    UnusablePlaces unusable(Epoch epoch) throws IOException {
        UnusablePlaces unusable = new DamagedLists(directory).places();
        epoch.condemned().forEach(unusable::condemn);
        return unusable;
    }

    ChunkReader reader(UnusablePlaces unusable) {
        return new ChunkReader(directory, index, key, chunkBytes, unusable);
    }

    ChunkWriter writer(UnusablePlaces unusable) {
        return new ChunkWriter(directory, index, unusable, key, randomness, chunkBytes, limits);
    }
}
