package io.diskvault.files;

import java.time.Instant;
import java.util.Optional;

/// One thing in a folder. All of it was written by anybody.
///
/// @param name as it is shown: bytes that are no UTF-8, and slashes, look like `\xff`. It may hold anything else
/// @param node by which the reader knows it
/// @param type `file`, `folder`, `link` or `other`
/// @param size of a file's content
/// @param seconds when it was changed
/// @param mode its permissions; -1 where the file system has none
/// @param target where a link leads; empty for all others
public record Entry(
        String name,
        long node,
        String type,
        long size,
        long seconds,
        int nanos,
        int mode,
        long uid,
        long gid,
        String target) {
    private static final long SECONDS_MAX =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    public boolean isFile() {
        return type.equals("file");
    }

    public boolean isFolder() {
        return type.equals("folder");
    }

    public boolean isLink() {
        return type.equals("link");
    }

    /// When its content was changed; empty where that makes no sense.
    public Optional<Instant> modified() {
        return seconds < 0 || seconds > SECONDS_MAX || nanos < 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(seconds, nanos));
    }

    public Optional<Integer> permissions() {
        return mode < 0 ? Optional.empty() : Optional.of(mode);
    }
}
