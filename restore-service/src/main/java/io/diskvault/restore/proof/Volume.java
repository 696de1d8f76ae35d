package io.diskvault.restore.proof;

/// A part of a disk that may hold a file system.
///
/// @param name `disk`, or `partition 1`
record Volume(String name, long start, long length) {}
