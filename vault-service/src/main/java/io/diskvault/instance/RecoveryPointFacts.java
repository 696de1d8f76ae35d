package io.diskvault.instance;

import java.time.Instant;

/// What is known about a recovery point from the moment it is made. The datastore's record says the same.
///
/// @param id the id of the job that made it
/// @param snapshotTime the time whose state of the disk it holds
/// @param changeDetection how it was found out what had changed
/// @param logicalBytes size of the disk
/// @param usedBytes of them not in holes or zero
/// @param changedBytes of them different from the point before; all of them in a disk's first point
/// @param storedBytes by how much the datastore grew
public record RecoveryPointFacts(
        String id,
        BackupKind kind,
        Instant snapshotTime,
        String changeDetection,
        long logicalBytes,
        long usedBytes,
        long changedBytes,
        long storedBytes) {}
