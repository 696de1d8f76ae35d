package io.diskvault.storage.view;

import io.micronaut.core.annotation.Introspected;

/// What the recovery points of several vaults did on one day.
@Introspected
public record StorageChange(String onDay, long addedBytes, long storedBytes, long expiredBytes) {
    /// Of the same day.
    public StorageChange plus(StorageChange other) {
        return new StorageChange(
                onDay,
                addedBytes + other.addedBytes,
                storedBytes + other.storedBytes,
                expiredBytes + other.expiredBytes);
    }
}
