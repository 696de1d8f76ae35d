package io.diskvault.app.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How often a policy backs up: `1h`, `4h`, `daily`, `weekly`. Becomes a repeating time interval as Azure writes
/// it.
///
/// @param period ISO 8601, `PT4H`, `P1D` or `P1W`
/// @param length the same as an amount of time
public record BackupFrequency(String period, Duration length) {
    private static final String WEEK = "P1W";

    /// Azure writes UTC as `+00:00`, not as `Z`.
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    /// The interval that runs when the clock of a place shows `at`, and one or more frequencies after that; first
    /// of all at the next such time, seen from `now`.
    String startingAt(LocalTime at, ZoneId where, Instant now) {
        ZonedDateTime first =
                LocalDate.ofInstant(now, where).minusDays(1).atTime(at).atZone(where);
        while (!first.toInstant().isAfter(now)) first = length.toDays() > 0 ? first.plusDays(1) : first.plus(length);
        return starting(first.toOffsetDateTime());
    }

    String starting(OffsetDateTime first) {
        return "R/" + START.format(first) + "/" + period;
    }

    /// The interval that starts at the next full hour of a place, or for whole days at its next midnight.
    String startingNext(ZoneId where, Instant now) {
        ZonedDateTime local = now.atZone(where);
        ZonedDateTime first = length.toDays() > 0
                ? local.toLocalDate().plusDays(1).atStartOfDay(where)
                : local.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        return starting(first.toOffsetDateTime());
    }

    /// Takes hours (`4h`), `hourly`, `daily`, `weekly`, or an ISO 8601 duration; which of them can be scheduled
    /// is for the server to say.
    public static final class Converter implements ITypeConverter<BackupFrequency> {
        @Override
        public BackupFrequency convert(String text) {
            String period = switch (text.toLowerCase(Locale.ROOT)) {
                case "hourly" -> "PT1H";
                case "daily", "1d" -> "P1D";
                case "weekly", "1w" -> WEEK;
                default -> text.matches("[0-9]+[hH]") ? "PT" + text.toUpperCase(Locale.ROOT) : text;
            };
            try {
                Duration length = period.equals(WEEK) ? Duration.ofDays(7) : Duration.parse(period);
                if (length.isPositive()) return new BackupFrequency(period, length);
            } catch (DateTimeParseException unknown) {
                // Said below.
            }
            throw new TypeConversionException(
                    "'" + text + "' is no frequency: say 1h, 2h, 4h, 6h, 8h, 12h, daily or weekly");
        }
    }
}
