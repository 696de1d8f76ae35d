package io.diskvault.files.web;

import io.diskvault.files.Entry;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// @param name as the disk has it: anything can stand in it
/// @param type file, folder, link or other
/// @param sizeBytes of a file; null for all others
/// @param mode permissions, in octal; null where the file system has none, and for the owner as well
/// @param target where a link leads
record EntryResponse(
        String name,
        String type,
        @Nullable Long sizeBytes,
        @Nullable Instant modifiedTime,
        @Nullable String mode,
        @Nullable Long uid,
        @Nullable Long gid,
        @Nullable String target) {
    static EntryResponse of(Entry entry) {
        Optional<Integer> mode = entry.permissions();
        return new EntryResponse(
                entry.name(),
                entry.type(),
                entry.isFile() ? (Long) entry.size() : null,
                entry.modified().orElse(null),
                mode.map(Integer::toOctalString).orElse(null),
                mode.map(_ -> entry.uid()).orElse(null),
                mode.map(_ -> entry.gid()).orElse(null),
                entry.isLink() ? entry.target() : null);
    }
}
