package io.diskvault.engine.index;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.pack.ChunkPlace;
import java.io.IOException;

/// Is shown the places of one chunk.
@FunctionalInterface
public interface PlaceVisitor {

    /// @param ordinal the number of this entry in the view that it comes from
    void visit(long ordinal, ChunkPlace place) throws IOException, DatastoreException;
}
