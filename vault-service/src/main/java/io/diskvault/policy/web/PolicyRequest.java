package io.diskvault.policy.web;

import io.diskvault.command.GeneralRejection;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.RepeatingInterval;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A policy as callers write it.
record PolicyRequest(
        @Nullable ScheduleRequest schedule, @Nullable List<@Nullable RuleRequest> retention) {
    record ScheduleRequest(@Nullable List<@Nullable String> repeatingTimeIntervals) {}

    record RuleRequest(@Nullable String tag, @Nullable String duration) {}

    BackupSchedule toSchedule() {
        ScheduleRequest given = required("schedule", schedule);
        return new BackupSchedule(required("schedule.repeatingTimeIntervals", given.repeatingTimeIntervals()).stream()
                .map(interval -> RepeatingInterval.parse(required("schedule.repeatingTimeIntervals[]", interval)))
                .toList());
    }

    RetentionRules toRetention() {
        return new RetentionRules(required("retention", retention).stream()
                .map(rule -> toRule(required("retention[]", rule)))
                .toList());
    }

    private static RetentionRule toRule(RuleRequest rule) {
        return new RetentionRule(
                required("retention[].tag", rule.tag()),
                new RetentionDuration(required("retention[].duration", rule.duration())));
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw GeneralRejection.invalid(
                    ("%s is missing; a policy is {\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+00:00/PT4H\"]},"
                                    + "\"retention\":[{\"tag\":\"Default\",\"duration\":\"P7D\"}]}.")
                            .formatted(field));
        }
        return value;
    }
}
