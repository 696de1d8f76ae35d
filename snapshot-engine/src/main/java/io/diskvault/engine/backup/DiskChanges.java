package io.diskvault.engine.backup;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// A disk of which is known where it may differ from an earlier state. Implementations are safe for reads by several
/// threads at once.
public interface DiskChanges {

    /// Where the first byte at or after an offset is that may differ; empty when there is none to the end.
    OptionalLong changedFrom(long offset);

    /// Fills the rest of a buffer from an offset.
    void read(long offset, ByteBuffer into) throws IOException, DatastoreException;
}
