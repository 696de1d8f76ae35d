package io.diskvault.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One disk that follows a policy without any failure, step by step: at each slot a point is made, then
/// everything goes whose time is up, but not the newest. Written to share nothing with what it is compared with:
/// periods are years with a number, expiry is the calendar's own.
final class ReferenceModel {
    private final ZoneId zone;
    private final Map<RetentionTag, Period> durations;
    private final List<ForecastPoint> live = new ArrayList<>();
    private @Nullable Instant lastScheduled;

    ReferenceModel(BackupSchedule schedule, RetentionRules retention) {
        this.zone = schedule.timeZone().orElse(ZoneId.of("Etc/UTC"));
        this.durations = retention.rules().stream()
                .collect(Collectors.toMap(
                        RetentionRule::tag, rule -> Period.parse(rule.duration().text())));
    }

    void backUp(Instant at) {
        RetentionTag tag = tag(at);
        live.add(new ForecastPoint(
                Optional.empty(),
                at,
                tag,
                at.atZone(zone).plus(durations.get(tag)).toInstant()));
        lastScheduled = at;
    }

    private RetentionTag tag(Instant at) {
        if (isFirst(at, RetentionTag.YEARLY, LocalDate::getYear)) {
            return RetentionTag.YEARLY;
        }
        if (isFirst(at, RetentionTag.MONTHLY, date -> date.getYear() * 12 + date.getMonthValue())) {
            return RetentionTag.MONTHLY;
        }
        if (isFirst(
                at,
                RetentionTag.WEEKLY,
                date -> date.get(IsoFields.WEEK_BASED_YEAR) * 100 + date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))) {
            return RetentionTag.WEEKLY;
        }
        return isFirst(at, RetentionTag.DAILY, date -> (int) date.toEpochDay())
                ? RetentionTag.DAILY
                : RetentionTag.DEFAULT;
    }

    private boolean isFirst(Instant at, RetentionTag tag, Function<LocalDate, Integer> period) {
        return durations.containsKey(tag)
                && (lastScheduled == null
                        || period.apply(at.atZone(zone).toLocalDate())
                                > period.apply(lastScheduled.atZone(zone).toLocalDate()));
    }

    /// Lets everything go whose time is up.
    void expire(Instant now) {
        while (live.removeIf(
                point -> !point.equals(live.getLast()) && point.expiryTime().compareTo(now) <= 0)) {}
    }

    /// Lets everything go whose time was up before now.
    void expireBefore(Instant now) {
        expire(now.minusNanos(1));
    }

    List<ForecastPoint> live() {
        return List.copyOf(live);
    }

    int size() {
        return live.size();
    }
}
