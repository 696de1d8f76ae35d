package io.diskvault.engine.restore;

import io.diskvault.engine.verify.ByteRange;
import java.util.List;
import java.util.Optional;

/// The parts of a disk that a restore could not get.
///
/// @param ranges which they are, ascending and not touching each other, at most [#RANGES_MAX]
/// @param moreRanges how many further parts there are
/// @param bytes how long all parts are together
/// @param first what is wrong with the first
public record DamagedRanges(List<ByteRange> ranges, long moreRanges, long bytes, Optional<String> first) {

    /// Memory must not grow with the damage, and this many are as good as a list of everything.
    public static final int RANGES_MAX = 10_000;

    public DamagedRanges {
        ranges = List.copyOf(ranges);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }
}
