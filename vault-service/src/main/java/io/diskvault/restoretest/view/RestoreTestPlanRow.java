package io.diskvault.restoretest.view;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.RepeatingInterval;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restoretest.PlanTerms;
import io.diskvault.restoretest.PointChoice;
import io.diskvault.restoretest.RestoreTestPlanEvent.RestoreTestPlanSet;
import io.diskvault.restoretest.TestTerms;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The restore test plan of one vault.
///
/// @param schedule its interval as it is written
/// @param decidedUntil slots up to this instant are decided, or were never the plan's
@MappedEntity("restore_test_plan")
public record RestoreTestPlanRow(
        @Id String vault,
        long version,
        String schedule,
        @Nullable String timeZone,
        int sharePercent,
        String recoveryPoint,
        String scratchGroup,
        boolean fileSystem,
        @Nullable String script,
        long checkLimitSeconds,
        int maxAgeDays,
        Instant decidedUntil,
        Instant createdAt,
        Instant changedAt) {
    /// @param before the plan's former version, if there is one
    static RestoreTestPlanRow of(RestoreTestPlanSet event, Optional<RestoreTestPlanRow> before) {
        PlanTerms terms = event.terms();
        return new RestoreTestPlanRow(
                event.plan().vault().name(),
                event.version(),
                terms.schedule().repeatingTimeIntervals().getFirst().text(),
                terms.schedule().timeZone().map(ZoneId::getId).orElse(null),
                terms.sharePercent(),
                terms.recoveryPoint().text(),
                terms.test().scratchGroup().name(),
                terms.test().fileSystem(),
                terms.test().script().orElse(null),
                terms.test().checkTimeLimit().toSeconds(),
                terms.maxAgeDays(),
                before.filter(row -> row.terms().schedule().equals(terms.schedule()))
                        .map(RestoreTestPlanRow::decidedUntil)
                        .orElse(event.at()),
                before.map(RestoreTestPlanRow::createdAt).orElse(event.at()),
                event.at());
    }

    /// What this version says.
    public PlanTerms terms() {
        return new PlanTerms(
                new BackupSchedule(
                        List.of(RepeatingInterval.parse(schedule)),
                        Optional.ofNullable(timeZone).map(ZoneId::of)),
                sharePercent,
                PointChoice.of(recoveryPoint),
                new TestTerms(
                        new ResourceGroupId(scratchGroup),
                        fileSystem,
                        Optional.ofNullable(script),
                        Duration.ofSeconds(checkLimitSeconds)),
                maxAgeDays);
    }
}
