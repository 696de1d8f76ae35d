package io.diskvault.engine.datastore;

import io.diskvault.engine.chunk.ChunkId;
import java.time.Instant;
import java.util.Optional;

/// One restorable state of one disk.
///
/// @param snapshotTime the time that the state stands for, as the request said
/// @param parent the recovery point whose manifest was the base; it may be gone by now, and nothing depends on it
/// @param sourceId which physical disk it was
/// @param logicalBytes the size of the disk
/// @param usedBytes how much of it is not zero, in whole chunks; what a restore writes
/// @param changedBytes how much of that was not in the parent at the same place; everything when there is no parent
/// @param storedBytes by how much packs and index grew; this record not counted
/// @param manifestRoot the top of its manifest; empty for a disk of zeros
/// @param sourceChangedWhileRead whether the disk was seen to be written to during the backup, so that this state may
///     mix earlier and later content
public record RecoveryPoint(
        RecoveryPointId id,
        String disk,
        Instant snapshotTime,
        Optional<RecoveryPointId> parent,
        String sourceId,
        ChangeDetection changeDetection,
        long logicalBytes,
        long usedBytes,
        long changedBytes,
        long storedBytes,
        Optional<ChunkId> manifestRoot,
        boolean sourceChangedWhileRead) {

    public RecoveryPoint {
        DiskName.checked(disk);
        if (logicalBytes < 0 || usedBytes < 0 || changedBytes < 0 || storedBytes < 0) {
            throw new IllegalArgumentException("No size of a recovery point is negative.");
        }
    }
}
