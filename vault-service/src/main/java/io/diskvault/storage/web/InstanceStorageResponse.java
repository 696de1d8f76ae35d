package io.diskvault.storage.web;

import io.diskvault.storage.StorageCurve;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an instance's recovery points take.
///
/// @param usedBytes the first snapshot's used size, and of the others their change
/// @param storedBytes compressed, when they were made
/// @param uniqueBytes would be free if all of them were gone and collected; null if it is not known yet
/// @param uniqueTime when that was looked for
/// @param uniqueNote why it is old or missing
/// @param days the last thirty, oldest first
/// @param points newest first
@Introspected
record InstanceStorageResponse(
        long logicalBytes,
        long usedBytes,
        long storedBytes,
        @Nullable Long uniqueBytes,
        @Nullable Instant uniqueTime,
        @Nullable String uniqueNote,
        List<StorageCurve.Day> days,
        List<Point> points) {
    InstanceStorageResponse {
        days = List.copyOf(days);
        points = List.copyOf(points);
    }

    /// @param freedIfExpiredBytes would be free if this one expired, and no other; null if it is not known yet
    @Introspected
    record Point(
            String id,
            Instant snapshotTime,
            long changedBytes,
            long storedBytes,
            @Nullable Long freedIfExpiredBytes) {}
}
