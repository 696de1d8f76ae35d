package io.diskvault.restoretest;

/// A part of a disk that cannot be restored, or came back wrong.
///
/// @param start its first byte
/// @param end the byte after its last
public record DamagedRange(long start, long end) {}
