package io.diskvault.resourcegroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Where a path leads once every link in it is followed.
public final class RealPath {
    private RealPath() {}

    /// Follows links as far as the path exists and appends the rest, so that a path can be judged before asking whether
    /// it exists: whoever may not use a directory does not learn what is in it.
    ///
    /// @param path absolute
    /// @throws IOException if a link in it leads nowhere, or it cannot be followed
    public static Path of(Path path) throws IOException {
        Path wanted = path.normalize();
        Path existing = wanted;
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        return existing.toRealPath().resolve(existing.relativize(wanted)).normalize();
    }
}
