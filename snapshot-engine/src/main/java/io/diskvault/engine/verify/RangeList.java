package io.diskvault.engine.verify;

import java.util.ArrayList;
import java.util.List;

/// Collects parts of a disk, from its start to its end, and joins those that touch. Holds a bounded number of them
/// and counts the others.
final class RangeList {

    private final List<ByteRange> ranges = new ArrayList<>();
    private long more;
    private long bytes;
    private long end = -1;

    /// @param start not before the start of the part that was added last
    void add(long start, long newEnd) {
        if (newEnd <= end) {
            return;
        }
        long from = Math.max(start, end);
        bytes += newEnd - from;
        if (from == end && more == 0) {
            ranges.set(ranges.size() - 1, new ByteRange(ranges.getLast().start(), newEnd));
        } else if (from != end) {
            if (ranges.size() < AffectedPoint.RANGES_MAX) {
                ranges.add(new ByteRange(start, newEnd));
            } else {
                more++;
            }
        }
        end = newEnd;
    }

    AffectedPoint of(VerifiedPoint point) {
        return new AffectedPoint(point.disk(), point.id(), ranges, more, bytes);
    }
}
