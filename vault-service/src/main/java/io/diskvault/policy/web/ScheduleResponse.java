package io.diskvault.policy.web;

import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.RepeatingInterval;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A schedule as callers read it.
record ScheduleResponse(
        List<String> repeatingTimeIntervals, @Nullable String timeZone) {
    static ScheduleResponse of(BackupSchedule schedule) {
        return new ScheduleResponse(
                schedule.repeatingTimeIntervals().stream()
                        .map(RepeatingInterval::text)
                        .toList(),
                schedule.timeZone().map(ZoneId::getId).orElse(null));
    }
}
