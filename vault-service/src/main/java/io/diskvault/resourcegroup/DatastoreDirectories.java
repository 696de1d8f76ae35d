package io.diskvault.resourcegroup;

import java.nio.file.Path;

/// What makes a directory a datastore.
public interface DatastoreDirectories {
    /// Makes a new datastore in an empty directory, and leaves one that is there as it is.
    ///
    /// @param directory exists, and the server may use it
    /// @throws io.diskvault.command.CommandRejected if the directory holds something else, or cannot be written
    void prepare(Path directory);
}
