package io.diskvault.restore.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.engine.datastore.ChangedRange;
import io.diskvault.instance.InstanceId;
import io.diskvault.restore.PointComparison;
import io.diskvault.restore.PointComparison.Differences;
import io.diskvault.web.Cursor;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `…/recovery-points/{from}/diff/{to}`. Who may see the points may see where they differ: that tells no content.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/recovery-points/{from}/diff/{to}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PointDiffController {
    private final PointComparison comparison;

    PointDiffController(PointComparison comparison) {
        this.comparison = comparison;
    }

    /// @param changedBytes how much of the later point's disk holds something else than the earlier one's
    /// @param zeroedBytes how much of it holds zeros where there was something
    /// @param ranges how many ranges that is
    /// @param items those of this page, from the start of the disk to its end
    record DiffResponse(
            String from,
            String to,
            long fromBytes,
            long toBytes,
            long changedBytes,
            long zeroedBytes,
            long ranges,
            List<Range> items,
            @Nullable String nextCursor) {
        static DiffResponse of(Differences found) {
            List<Range> items = found.ranges().stream().map(Range::of).toList();
            return new DiffResponse(
                    found.from(),
                    found.to(),
                    found.total().fromBytes(),
                    found.total().toBytes(),
                    found.total().changedBytes(),
                    found.total().zeroedBytes(),
                    found.total().ranges(),
                    items,
                    found.more() ? String.valueOf(items.getLast().end()) : null);
        }
    }

    /// @param end the byte after its last
    /// @param kind `Changed`, or `Zeroed`: the later point holds zeros there
    record Range(long start, long end, String kind) {
        static Range of(ChangedRange range) {
            return new Range(
                    range.start(),
                    range.end(),
                    switch (range.kind()) {
                        case CHANGED -> "Changed";
                        case ZEROED -> "Zeroed";
                    });
        }
    }

    @Get
    @Allow(Permission.VAULTS_READ)
    DiffResponse diff(
            String vault,
            String instance,
            String from,
            String to,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        return DiffResponse.of(
                comparison.compare(new InstanceId(vault, instance), from, to, placeOf(cursor), Cursor.limit(limit)));
    }

    private static long placeOf(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(cursor);
        } catch (NumberFormatException _) {
            throw GeneralRejection.invalid(
                    "%s is no cursor: give the nextCursor of the page before, unchanged, or none to start at the disk's first byte."
                            .formatted(Quoted.of(cursor)));
        }
    }
}
