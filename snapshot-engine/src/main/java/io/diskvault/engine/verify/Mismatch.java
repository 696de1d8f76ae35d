package io.diskvault.engine.verify;

import java.util.List;

/// Where a disk is not what a recovery point says.
///
/// @param ranges the parts that differ, ascending and not touching each other, at most [AffectedPoint#RANGES_MAX]
/// @param moreRanges how many further parts there are
/// @param bytes how much all parts are together
public record Mismatch(List<ByteRange> ranges, long moreRanges, long bytes) {

    public Mismatch {
        ranges = List.copyOf(ranges);
    }

    /// Whether the disk is what the recovery point says, byte for byte.
    public boolean isNone() {
        return ranges.isEmpty();
    }
}
