package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a recovery point is kept as: the first successful backup of a day, a week, a month or a year, or none of
/// them. A point has one tag: of all that match the one with the lowest priority number.
public enum RetentionTag {
    DEFAULT("Default", 99),
    DAILY("Daily", 25),
    WEEKLY("Weekly", 20),
    MONTHLY("Monthly", 15),
    YEARLY("Yearly", 10);

    private final String text;
    private final int priority;

    RetentionTag(String text, int priority) {
        this.text = text;
        this.priority = priority;
    }

    /// The tag of this name.
    ///
    /// @throws CommandRejected if there is none
    @JsonCreator
    public static RetentionTag of(String text) {
        return Arrays.stream(values())
                .filter(tag -> tag.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new CommandRejected(
                        PolicyRejection.RETENTION_INVALID,
                        "tag is %s; the tags are %s.".formatted(Quoted.of(text), names())));
    }

    private static String names() {
        return Arrays.stream(values()).map(RetentionTag::text).collect(Collectors.joining(", "));
    }

    /// As it is written and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// The lower the number, the sooner the tag is taken.
    public int priority() {
        return priority;
    }

    /// Whether a scheduled point is the first of its period; every point matches `Default`.
    ///
    /// @param previous when the instance's scheduled point before this one was made
    boolean matches(Instant at, Optional<Instant> previous, ZoneId zone) {
        return this == DEFAULT
                || previous.map(before -> periodStart(LocalDate.ofInstant(before, zone)))
                        .map(before -> before.isBefore(periodStart(LocalDate.ofInstant(at, zone))))
                        .orElse(true);
    }

    /// The first day of the period that a date is in. Weeks start on Monday, as in ISO 8601.
    LocalDate periodStart(LocalDate date) {
        return switch (this) {
            case DEFAULT, DAILY -> date;
            case WEEKLY -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHLY -> date.withDayOfMonth(1);
            case YEARLY -> date.withDayOfYear(1);
        };
    }

    /// The first day of the period after that of a date.
    LocalDate nextPeriodStart(LocalDate date) {
        LocalDate start = periodStart(date);
        return switch (this) {
            case DEFAULT, DAILY -> start.plusDays(1);
            case WEEKLY -> start.plusWeeks(1);
            case MONTHLY -> start.plusMonths(1);
            case YEARLY -> start.plusYears(1);
        };
    }
}
