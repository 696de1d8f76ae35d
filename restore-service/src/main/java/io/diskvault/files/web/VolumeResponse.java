package io.diskvault.files.web;

import io.diskvault.files.Volume;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// @param number 0 for a disk without partitions
/// @param name in the partition table
/// @param fileSystem what is in it, also if it cannot be read; null if that is not known
/// @param readable whether its files can be listed
/// @param problem why not
/// @param notes what to know about its files
record VolumeResponse(
        int number,
        @Nullable String name,
        @Nullable String fileSystem,
        @Nullable String label,
        long startBytes,
        long sizeBytes,
        boolean readable,
        @Nullable String problem,
        List<String> notes) {
    static VolumeResponse of(Volume volume) {
        return new VolumeResponse(
                volume.number(),
                nonEmpty(volume.name()),
                nonEmpty(volume.kind()),
                nonEmpty(volume.label()),
                volume.start(),
                volume.size(),
                volume.readable(),
                volume.obstacle().orElse(null),
                volume.remarks());
    }

    private static @Nullable String nonEmpty(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty()).orElse(null);
    }
}
