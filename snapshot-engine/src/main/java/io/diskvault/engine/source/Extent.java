package io.diskvault.engine.source;

/// A stretch of a disk that holds data.
///
/// @param offset where it starts, in bytes
/// @param length at least 1
public record Extent(long offset, long length) {

    public Extent {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("No extent is like that: " + length + " bytes at " + offset);
        }
    }

    public long end() {
        return offset + length;
    }
}
