package io.diskvault.engine.verify;

import java.util.ArrayList;
import java.util.List;

/// Collects parts of a disk, from its start to its end, and joins those that touch. Holds a bounded number of them
/// and counts the others.
public final class RangeList {

    private final int rangesMax;

    private final List<ByteRange> ranges = new ArrayList<>();
    private long more;
    private long bytes;
    private long end = -1;

    /// @param rangesMax how many are kept
    public RangeList(int rangesMax) {
        this.rangesMax = rangesMax;
    }

    /// @param start not before the start of the part that was added last
    public void add(long start, long newEnd) {
        if (newEnd <= end) {
            return;
        }
        long from = Math.max(start, end);
        bytes += newEnd - from;
        if (from == end && more == 0) {
            ranges.set(ranges.size() - 1, new ByteRange(ranges.getLast().start(), newEnd));
        } else if (from != end) {
            if (ranges.size() < rangesMax) {
                ranges.add(new ByteRange(start, newEnd));
            } else {
                more++;
            }
        }
        end = newEnd;
    }

    /// Those that are kept, ascending and not touching each other.
    public List<ByteRange> ranges() {
        return List.copyOf(ranges);
    }

    /// How many there are besides.
    public long moreRanges() {
        return more;
    }

    /// How long all of them are together.
    public long bytes() {
        return bytes;
    }
}
