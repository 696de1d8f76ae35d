package io.diskvault.engine.datastore;

/// What a backup did.
///
/// @param adopted whether the recovery point already existed, made by an earlier attempt, and is given back as it is
/// @param readBytes how much was read from the disk
/// @param healedChunks how many chunks were stored again because all that the datastore had of them was damaged; every
///     recovery point that uses them is better for it
public record BackupResult(RecoveryPoint point, boolean adopted, long readBytes, long healedChunks) {}
