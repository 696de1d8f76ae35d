package io.diskvault.policy.web;

import io.diskvault.command.GeneralRejection;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.RepeatingInterval;
import io.diskvault.policy.RetentionDuration;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import io.diskvault.policy.RetentionTag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A policy as callers write it.
record PolicyRequest(
        @Nullable ScheduleRequest schedule, @Nullable List<@Nullable RuleRequest> retention) {
    record ScheduleRequest(
            @Nullable List<@Nullable String> repeatingTimeIntervals,
            @Nullable String timeZone) {}

    record RuleRequest(@Nullable String tag, @Nullable String duration) {}

    BackupSchedule toSchedule() {
        ScheduleRequest given = required("schedule", schedule);
        BackupSchedule schedule = new BackupSchedule(
                required("schedule.repeatingTimeIntervals", given.repeatingTimeIntervals()).stream()
                        .map(interval ->
                                RepeatingInterval.parse(required("schedule.repeatingTimeIntervals[]", interval)))
                        .toList(),
                Optional.empty());
        return given.timeZone() == null ? schedule : schedule.in(given.timeZone());
    }

    RetentionRules toRetention() {
        return new RetentionRules(required("retention", retention).stream()
                .map(rule -> toRule(required("retention[]", rule)))
                .toList());
    }

    private static RetentionRule toRule(RuleRequest rule) {
        return new RetentionRule(
                RetentionTag.of(required("retention[].tag", rule.tag())),
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
