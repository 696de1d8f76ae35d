package io.diskvault.engine.index;

import io.diskvault.engine.DatastoreException;

/// Goes once over entries in the order of fragments, without making an object of each.
interface EntryCursor {

    /// Goes to the next entry, the first one at first; false when there is none.
    boolean next() throws DatastoreException;

    /// One of the four numbers of the current entry's id.
    long idPart(int part);

    /// One of the four numbers of the current entry's place: number of the pack in the list of packs that the cursor's
    /// owner has, offset, sealed length, plain length.
    int placePart(int part);
}
