package io.diskvault.engine.datastore;

import io.diskvault.engine.restore.DamagedRanges;

/// What a restore did.
///
/// @param logicalBytes the size of the disk
/// @param writtenBytes how much was written: what is not zero, and zeros where something else was
/// @param keptBytes how much of what is not zero was there already, and was found to be right
/// @param resumed whether it went on with what an earlier restore had left that was killed
/// @param damaged what could not be restored; nothing, unless the restore was to go on without it
public record RestoreResult(
        long logicalBytes, long writtenBytes, long keptBytes, boolean resumed, DamagedRanges damaged) {}
