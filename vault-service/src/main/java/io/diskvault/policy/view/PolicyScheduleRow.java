package io.diskvault.policy.view;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A schedule that a policy had or has. It stays when the policy is deleted: an instance may have followed it.
///
/// @param id policy and instant
/// @param policy the policy's path: `prod/gold`
/// @param schedule its repeating interval as text
/// @param since [Instant#EPOCH] for the first one, which has no beginning
@MappedEntity("policy_schedule")
public record PolicyScheduleRow(
        @Id String id,
        String policy,
        String schedule,
        @Nullable String timeZone,
        Instant since) {
    static PolicyScheduleRow of(PolicyId policy, BackupSchedule schedule, Instant since) {
        return new PolicyScheduleRow(
                policy.path() + "@" + since,
                policy.path(),
                schedule.repeatingTimeIntervals().getFirst().text(),
                schedule.timeZone().map(ZoneId::getId).orElse(null),
                since);
    }

    public BackupSchedule backupSchedule() {
        BackupSchedule slots = BackupSchedule.of(schedule);
        return timeZone == null ? slots : slots.in(timeZone);
    }
}
