package io.diskvault.engine.verify;

/// A part of a disk.
///
/// @param start its first byte
/// @param end the byte after its last
public record ByteRange(long start, long end) {

    public ByteRange {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("No part of a disk goes from " + start + " to " + end + ".");
        }
    }

    public long bytes() {
        return end - start;
    }

    @Override
    public String toString() {
        return start + " to " + end;
    }
}
