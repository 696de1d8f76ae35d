package io.diskvault.storage.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/// What the recovery points of one vault did on one day.
///
/// @param id vault and day
/// @param onDay in UTC, as in `2026-11-21`
/// @param addedBytes what had changed on the disks, or was used of them at their first point
/// @param storedBytes by how much datastores grew
/// @param expiredBytes the same of points that were given up that day
@MappedEntity("storage_day")
public record StorageDayRow(
        @Id String id, String vault, String onDay, long addedBytes, long storedBytes, long expiredBytes) {
    static StorageDayRow of(String vault, String day) {
        return new StorageDayRow(vault + " " + day, vault, day, 0, 0, 0);
    }

    StorageDayRow plus(long added, long stored, long expired) {
        return new StorageDayRow(id, vault, onDay, addedBytes + added, storedBytes + stored, expiredBytes + expired);
    }
}
