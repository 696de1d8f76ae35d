package io.diskvault.policy.view;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.List;

/// One backup policy as people see it, in its current version.
///
/// @param id the policy's path: `prod/gold`
/// @param schedule its repeating interval as text
/// @param scheduleSince when it got this schedule; a change of its retention alone leaves that as it is
/// @param retention the duration of its Default rule
@MappedEntity("backup_policy")
public record PolicyRow(
        @Id String id,
        String vault,
        String name,
        long version,
        String schedule,
        Instant scheduleSince,
        String retention,
        Instant createdAt) {
    /// The row of a new policy.
    static PolicyRow of(PolicyCreated event) {
        PolicyId policy = event.policy();
        return new PolicyRow(
                policy.path(),
                policy.vault(),
                policy.name(),
                event.version(),
                textOf(event.schedule()),
                event.at(),
                textOf(event.retention()),
                event.at());
    }

    /// The row after a change.
    PolicyRow changed(PolicyChanged event) {
        String changed = textOf(event.schedule());
        return new PolicyRow(
                id,
                vault,
                name,
                event.version(),
                changed,
                changed.equals(schedule) ? scheduleSince : event.at(),
                textOf(event.retention()),
                createdAt);
    }

    private static String textOf(BackupSchedule schedule) {
        return schedule.repeatingTimeIntervals().getFirst().text();
    }

    private static String textOf(RetentionRules retention) {
        return retention.defaultRule().duration().text();
    }

    public PolicyId policyId() {
        return new PolicyId(vault, name);
    }

    public BackupSchedule backupSchedule() {
        return BackupSchedule.of(schedule);
    }

    public RetentionRules retentionRules() {
        return new RetentionRules(
                List.of(new RetentionRule(RetentionRule.DEFAULT_TAG, new RetentionDuration(retention))));
    }
}
