package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// How long a recovery point is kept: a whole number of days, weeks, months or years, as in `P7D`, `P4W`, `P3M`,
/// `P1Y`. At least a day, at most a hundred years.
public record RetentionDuration(@JsonValue String text) {
    private static final Pattern FORM = Pattern.compile("P([1-9][0-9]{0,4})([DWMY])");

    /// Months and years of every length come within eight years.
    private static final int DAYS_COMPARED = 8 * 366;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RetentionDuration {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(1)) > hundredYears(form.group(2))) {
            throw new CommandRejected(
                    PolicyRejection.RETENTION_INVALID,
                    "duration is %s; whole days, weeks, months or years from P1D to P100Y are allowed, as in P7D, P4W, P3M or P1Y."
                            .formatted(Quoted.of(text)));
        }
    }

    private static int hundredYears(String unit) {
        return switch (unit) {
            case "D" -> 36_525;
            case "W" -> 5_217;
            case "M" -> 1_200;
            default -> 100;
        };
    }

    /// As people say it: `4 weeks`.
    String words() {
        String unit = switch (text.charAt(text.length() - 1)) {
            case 'D' -> "day";
            case 'W' -> "week";
            case 'M' -> "month";
            default -> "year";
        };
        return count() + " " + (count() == 1 ? unit : unit + "s");
    }

    /// How many of its unit it is.
    int count() {
        return Integer.parseInt(text, 1, text.length() - 1, 10);
    }

    /// So many of the same unit.
    RetentionDuration withCount(int count) {
        return new RetentionDuration("P" + count + text.charAt(text.length() - 1));
    }

    /// When something kept since `start` expires, by the zone's calendar: at the same local time, a month after
    /// January 31 on the last day of February. Where clocks leave that time out, as much later as they leave out;
    /// of a time that comes twice, the one with the offset of the start, else the first.
    public Instant after(Instant start, ZoneId zone) {
        return plus(start.atZone(zone), count()).toInstant();
    }

    /// Nothing that was kept since before this instant is kept still at `end`. A few days early, for months are
    /// not of one length and clocks change.
    Instant reaching(Instant end, ZoneId zone) {
        return plus(end.atZone(zone), -count()).minusDays(4).toInstant();
    }

    /// Whether nothing goes earlier by this duration than by that one, whichever day of the next years it is from.
    boolean isAtLeast(RetentionDuration other, LocalDate from) {
        return equals(other)
                || IntStream.range(0, DAYS_COMPARED)
                        .mapToObj(from::plusDays)
                        .noneMatch(day -> endFrom(day).isBefore(other.endFrom(day)));
    }

    private LocalDate endFrom(LocalDate day) {
        return plus(day.atStartOfDay(ZoneOffset.UTC), count()).toLocalDate();
    }

    private ZonedDateTime plus(ZonedDateTime time, int amount) {
        return switch (text.charAt(text.length() - 1)) {
            case 'D' -> time.plusDays(amount);
            case 'W' -> time.plusWeeks(amount);
            case 'M' -> time.plusMonths(amount);
            default -> time.plusYears(amount);
        };
    }
}
