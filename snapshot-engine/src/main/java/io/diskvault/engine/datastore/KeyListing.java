package io.diskvault.engine.datastore;

import io.diskvault.engine.DatastoreException;
import java.util.List;

/// The sealed keys of a datastore: one that is damaged does not hide the others.
///
/// @param keys those that are whole, by id
/// @param unreadable what is wrong with each of the others, which nothing opens any more
public record KeyListing(List<SealedKey> keys, List<DatastoreException> unreadable) {

    public KeyListing {
        keys = List.copyOf(keys);
        unreadable = List.copyOf(unreadable);
    }
}
