package io.diskvault.engine.datastore;

/// A part of a disk in which two recovery points differ.
///
/// @param start its first byte
/// @param end the byte after its last
public record ChangedRange(long start, long end, Kind kind) {

    /// How they differ.
    public enum Kind {
        /// The later one holds something else.
        CHANGED,
        /// The later one holds nothing but zeros, and the earlier one held something.
        ZEROED
    }

    public long bytes() {
        return end - start;
    }
}
