package io.diskvault.engine.datastore;

/// What a restore did.
///
/// @param logicalBytes the size of the disk
/// @param writtenBytes how much of it is not zero and was written
public record RestoreResult(long logicalBytes, long writtenBytes) {}
