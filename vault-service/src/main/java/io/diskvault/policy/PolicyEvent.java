package io.diskvault.policy;

import java.time.Instant;

/// What happened to a backup policy; stored for ever.
public sealed interface PolicyEvent {
    PolicyId policy();

    /// @param version 1, or more if an earlier policy had the name: recovery points name policy and version for ever
    record PolicyCreated(PolicyId policy, long version, BackupSchedule schedule, RetentionRules retention, Instant at)
            implements PolicyEvent {}

    record PolicyChanged(PolicyId policy, long version, BackupSchedule schedule, RetentionRules retention, Instant at)
            implements PolicyEvent {}

    /// The clock was ahead when the policy got its schedule, which has been in force since `at`.
    record ScheduleTimeCorrected(PolicyId policy, Instant at) implements PolicyEvent {}

    record PolicyDeleted(PolicyId policy, Instant at) implements PolicyEvent {}

    record PolicyAssigned(PolicyId policy, String instance, Instant at) implements PolicyEvent {}

    record PolicyUnassigned(PolicyId policy, String instance, Instant at) implements PolicyEvent {}
}
