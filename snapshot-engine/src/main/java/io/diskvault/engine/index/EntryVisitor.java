package io.diskvault.engine.index;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.pack.ChunkPlace;
import java.io.IOException;

/// Is shown entries of the index.
@FunctionalInterface
public interface EntryVisitor {

    /// @param ordinal the number of this entry in the view that it comes from
    void visit(long ordinal, ChunkId id, ChunkPlace place) throws IOException, DatastoreException;
}
