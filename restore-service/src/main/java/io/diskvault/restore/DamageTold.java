package io.diskvault.restore;

import io.diskvault.engine.datastore.RestoreResult;
import io.diskvault.engine.restore.DamagedRanges;
import java.util.List;
import java.util.stream.Collectors;

/// What a restore could not get, in words for the job.
final class DamageTold {
    /// What fits on a page, and into the table of jobs.
    private static final int RANGES_MAX = 50;

    private DamageTold() {}

    /// @return nothing if nothing is damaged
    static List<String> of(RestoreResult result) {
        DamagedRanges damaged = result.damaged();
        if (damaged.isEmpty()) {
            return List.of();
        }
        return List.of("%d of %d bytes are damaged in the recovery point and were not restored: %s"
                .formatted(damaged.bytes(), result.logicalBytes(), places(damaged)));
    }

    /// Which bytes, each range with the byte after its last as everywhere else, and what is wrong with the first.
    static String places(DamagedRanges damaged) {
        String ranges = damaged.ranges().stream()
                .limit(RANGES_MAX)
                .map(range -> "%d to %d".formatted(range.start(), range.end()))
                .collect(Collectors.joining(", "));
        long more = damaged.moreRanges() + Math.max(0, damaged.ranges().size() - RANGES_MAX);
        return "bytes %s%s. %s"
                .formatted(
                        ranges,
                        more == 0 ? "" : " and %d more ranges".formatted(more),
                        damaged.first().map(first -> "The first: " + first).orElse(""))
                .strip();
    }
}
