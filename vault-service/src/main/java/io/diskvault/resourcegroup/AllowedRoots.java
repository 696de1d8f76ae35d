package io.diskvault.resourcegroup;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Which directories resource groups may use. Directories are compared by where they really are, at every question:
/// none has to be there when the server starts.
///
/// @param allowedRoots the directories that may be used, each with everything below it; none unless set. Name those
///     where disks lie and where snapshots shall go
/// @param data the server's own directory. Datastores may be in it, disks not: it holds the database and the keys
@ConfigurationProperties("diskvault")
public record AllowedRoots(@Bindable(defaultValue = "") List<Path> allowedRoots, Path data) {
    public AllowedRoots {
        // An empty text would be the directory that the server was started in.
        allowedRoots =
                allowedRoots.stream().filter(root -> !root.toString().isEmpty()).toList();
    }

    /// Whether disks may lie in a directory.
    ///
    /// @param directory a real path
    boolean allowDisksIn(Path directory) {
        return allowedRoots.stream().anyMatch(root -> covers(root, directory)) && !isServersOwn(directory);
    }

    /// Whether a directory may become a datastore.
    ///
    /// @param directory a real path
    boolean allowDatastoreIn(Path directory) {
        return covers(data, directory) || allowedRoots.stream().anyMatch(root -> covers(root, directory));
    }

    /// Whether a file belongs to the server itself: everything in its data directory does, unless an allowed directory
    /// within the data directory holds it. Backing such a file up would let its keys and tokens out by a restore.
    ///
    /// @param file a real path
    public boolean isServersOwn(Path file) {
        return covers(data, file) && allowedRoots.stream().noneMatch(root -> covers(root, file) && isBelowData(root));
    }

    private boolean isBelowData(Path root) {
        return isInside(data, root) && !isInside(root, data);
    }

    private static boolean isInside(Path directory, Path other) {
        try {
            return covers(directory, RealPath.of(other.toAbsolutePath()));
        } catch (IOException _) {
            return false; // a link that leads nowhere lies nowhere
        }
    }

    private static boolean covers(Path directory, Path real) {
        try {
            return real.startsWith(RealPath.of(directory.toAbsolutePath()));
        } catch (IOException _) {
            return false; // a link that leads nowhere holds nothing
        }
    }
}
