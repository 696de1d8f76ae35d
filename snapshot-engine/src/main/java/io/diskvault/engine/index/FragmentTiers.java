package io.diskvault.engine.index;

import java.util.List;

/// Decides which fragments are merged, so that their number grows with the logarithm of the number of entries while
/// every entry is written again only that often.
///
/// A fragment's *tier* is how many times its size can be divided by eight, counted from the smallest size that is
/// worth it. Eight of one tier become one of the next. Smaller ones are taken along: they would be merged soon
/// anyway, and they rise, too.
final class FragmentTiers {

    /// How many of one tier are merged. More would make look-ups slower, fewer would write entries more often.
    static final int WIDTH = 8;

    /// Below this a fragment is so small (under 200 KB) that how small does not matter.
    static final long SMALLEST_ENTRIES = 4096;

    private FragmentTiers() {}

    static int tier(long entryCount) {
        int tier = 0;
        for (long rest = entryCount / SMALLEST_ENTRIES; rest > 0; rest /= WIDTH) {
            tier++;
        }
        return tier;
    }

    /// The fragments to be merged into one; none when there are few enough of every size. Damaged ones stay apart.
    static List<IndexFragment> due(List<IndexFragment> fragments) {
        List<IndexFragment> whole = fragments.stream()
                .filter(fragment -> fragment.damage().isEmpty())
                .toList();
        for (int tier = tier(Long.MAX_VALUE); tier >= 0; tier--) {
            int highest = tier;
            if (whole.stream().filter(one -> tier(one.entryCount()) == highest).count() >= WIDTH) {
                return whole.stream()
                        .filter(one -> tier(one.entryCount()) <= highest)
                        .toList();
            }
        }
        return List.of();
    }
}
