package io.diskvault.files;

/// What is at a path.
///
/// @param path where it is really: links were followed
public record FoundEntry(FilePath path, Entry entry) {}
