package io.diskvault.restoretest.web;

import io.diskvault.policy.RepeatingInterval;
import io.diskvault.restoretest.PlanTerms;
import io.diskvault.restoretest.view.RestoreTestPlanRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A restore test plan as callers read it.
///
/// @param nextTests when tests are started next
record PlanResponse(
        String vault,
        long version,
        Schedule schedule,
        int sharePercent,
        String recoveryPoint,
        String scratchResourceGroup,
        Checks checks,
        String checkTimeLimit,
        String maxAge,
        Instant nextTests,
        Instant createdTime,
        Instant changedTime) {
    record Schedule(
            List<String> repeatingTimeIntervals, @Nullable String timeZone) {}

    record Checks(
            boolean content, boolean fileSystem, @Nullable String script) {}

    static PlanResponse of(RestoreTestPlanRow row, Instant now) {
        PlanTerms terms = row.terms();
        return new PlanResponse(
                row.vault(),
                row.version(),
                new Schedule(
                        terms.schedule().repeatingTimeIntervals().stream()
                                .map(RepeatingInterval::text)
                                .toList(),
                        terms.schedule().timeZone().map(ZoneId::getId).orElse(null)),
                row.sharePercent(),
                row.recoveryPoint(),
                row.scratchGroup(),
                new Checks(true, row.fileSystem(), row.script()),
                terms.test().checkTimeLimit().toString(),
                "P%dD".formatted(row.maxAgeDays()),
                terms.schedule().nextAfter(now),
                row.createdAt(),
                row.changedAt());
    }

    /// The version as HTTP names it.
    String entityTag() {
        return "\"" + version + "\"";
    }
}
