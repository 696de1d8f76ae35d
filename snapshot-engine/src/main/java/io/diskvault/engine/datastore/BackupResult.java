package io.diskvault.engine.datastore;

/// What a backup did.
///
/// @param adopted whether the recovery point already existed, made by an earlier attempt, and is given back as it is
/// @param readBytes how much was read from the disk
public record BackupResult(RecoveryPoint point, boolean adopted, long readBytes) {}
