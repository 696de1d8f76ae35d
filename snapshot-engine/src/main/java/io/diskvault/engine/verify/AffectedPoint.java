package io.diskvault.engine.verify;

import java.util.List;

/// A recovery point that cannot be restored whole.
///
/// @param ranges which parts of its disk cannot, ascending and not touching each other, at most
///     [#RANGES_MAX]; none when nothing of it can be restored and not even its size is known
/// @param moreRanges how many further parts there are
/// @param bytes how much all parts are together
public record AffectedPoint(String disk, String id, List<ByteRange> ranges, long moreRanges, long bytes) {

    /// More would be read by nobody, and memory must not grow with the damage.
    public static final int RANGES_MAX = 100;

    public AffectedPoint {
        ranges = List.copyOf(ranges);
    }

    /// A recovery point of which nothing can be restored.
    public static AffectedPoint whole(String disk, String id) {
        return new AffectedPoint(disk, id, List.of(), 0, 0);
    }

    static AffectedPoint partly(VerifiedPoint point, RangeList parts) {
        return new AffectedPoint(point.disk(), point.id(), parts.ranges(), parts.moreRanges(), parts.bytes());
    }

    public boolean isWhole() {
        return ranges.isEmpty();
    }
}
