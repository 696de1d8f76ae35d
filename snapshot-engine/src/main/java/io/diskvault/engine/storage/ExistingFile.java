package io.diskvault.engine.storage;

import io.diskvault.engine.source.DiskSource;
import java.io.IOException;

/// A file that is there already and is changed where it lies. Its owner alone does that: others who ask are refused.
/// Reads may overlap with writes to other places.
public interface ExistingFile extends OutputFile {

    /// How long it is now.
    long sizeBytes() throws IOException;

    /// What it holds. Reads give what was written before they began, and what lies on the storage rather than in a
    /// cache as far as that can be had: a cache may hold what could never be written.
    ///
    /// @return to be closed by the caller, before the file
    DiskSource content() throws IOException;

    /// Makes a range read as zeros, and gives its space back where the file system can do that.
    void clear(long position, long length) throws IOException;
}
