package io.diskvault.restoretest.web;

import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.RepeatingInterval;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restoretest.PlanTerms;
import io.diskvault.restoretest.PointChoice;
import io.diskvault.restoretest.TestTerms;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A restore test plan as callers write it.
///
/// @param sharePercent how many of the instances are tested at a time; all if absent
/// @param recoveryPoint `Latest`, also if absent, or `Random`
/// @param scratchResourceGroup where the copies are made
/// @param checks what is checked beside the content
/// @param checkTimeLimit how long each check may take; `PT10M` if absent
/// @param maxAge after how many days without a proof an instance is overdue; `P30D` if absent
/// @param grantMissing whether to give the vault's identity what it lacks; only who may grant it may ask for it
record PlanRequest(
        @Nullable ScheduleRequest schedule,
        @Nullable Integer sharePercent,
        @Nullable String recoveryPoint,
        @Nullable String scratchResourceGroup,
        @Nullable ChecksRequest checks,
        @Nullable String checkTimeLimit,
        @Nullable String maxAge,
        @Nullable Boolean grantMissing) {
    private static final Pattern DAYS = Pattern.compile("P([0-9]{1,6})D");

    record ScheduleRequest(
            @Nullable List<@Nullable String> repeatingTimeIntervals,
            @Nullable String timeZone) {}

    /// @param fileSystem whether file systems are checked where the server has the tool; also if absent
    /// @param script the name of one of the server's scripts; none if absent
    record ChecksRequest(
            @Nullable Boolean fileSystem, @Nullable String script) {}

    PlanTerms toTerms() {
        return new PlanTerms(
                toSchedule(),
                sharePercent == null ? 100 : sharePercent,
                recoveryPoint == null ? PointChoice.LATEST : PointChoice.of(recoveryPoint),
                new TestTerms(
                        new ResourceGroupId(required("scratchResourceGroup", scratchResourceGroup)),
                        checks == null || !Boolean.FALSE.equals(checks.fileSystem()),
                        Optional.ofNullable(checks).map(ChecksRequest::script),
                        checkTimeLimit == null ? TestTerms.CHECK_TIME_LIMIT : duration(checkTimeLimit)),
                maxAge == null ? PlanTerms.MAX_AGE_DAYS : days(maxAge));
    }

    private BackupSchedule toSchedule() {
        ScheduleRequest given = required("schedule", schedule);
        BackupSchedule read = new BackupSchedule(
                required("schedule.repeatingTimeIntervals", given.repeatingTimeIntervals()).stream()
                        .map(interval ->
                                RepeatingInterval.parse(required("schedule.repeatingTimeIntervals[]", interval)))
                        .toList(),
                Optional.empty());
        return given.timeZone() == null ? read : read.in(given.timeZone());
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException _) {
            throw GeneralRejection.invalid(
                    "checkTimeLimit is %s; write a duration such as PT10M.".formatted(Quoted.of(text)));
        }
    }

    private static int days(String text) {
        Matcher days = DAYS.matcher(text);
        if (!days.matches()) {
            throw GeneralRejection.invalid("maxAge is %s; write days, such as P30D.".formatted(Quoted.of(text)));
        }
        return Integer.parseInt(days.group(1));
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw GeneralRejection.invalid(
                    ("%s is missing; a restore test plan is {\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+00:00/P1W\"]},"
                                    + "\"scratchResourceGroup\":\"scratch\"} at least.")
                            .formatted(field));
        }
        return value;
    }
}
