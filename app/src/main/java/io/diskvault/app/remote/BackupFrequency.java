package io.diskvault.app.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How often a policy backs up: `1h`, `4h`, `daily`. Becomes a repeating time interval as Azure writes it.
///
/// @param period ISO 8601, `PT4H` or `P1D`
/// @param length the same as an amount of time
public record BackupFrequency(String period, Duration length) {
    /// Azure writes UTC as `+00:00`, not as `Z`.
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    /// The interval that runs when the clock shows `at`, and one or more frequencies after that; first of all at the
    /// next such time, seen from `now`.
    String startingAt(OffsetTime at, Instant now) {
        OffsetDateTime first =
                at.atDate(now.atOffset(at.getOffset()).toLocalDate().minusDays(1));
        while (!first.toInstant().isAfter(now)) first = first.plus(length);
        return starting(first);
    }

    String starting(OffsetDateTime first) {
        return "R/" + START.format(first) + "/" + period;
    }

    /// The interval that starts at the next full hour, or for whole days at the next midnight, in UTC.
    String startingNext(Instant now) {
        ChronoUnit unit = length.toHours() % 24 == 0 ? ChronoUnit.DAYS : ChronoUnit.HOURS;
        return starting(now.truncatedTo(unit).plus(1, unit).atOffset(ZoneOffset.UTC));
    }

    /// Takes hours (`4h`), `hourly`, `daily`, or an ISO 8601 duration; which of them can be scheduled is for the server
    /// to say.
    public static final class Converter implements ITypeConverter<BackupFrequency> {
        @Override
        public BackupFrequency convert(String text) {
            String period = switch (text.toLowerCase(Locale.ROOT)) {
                case "hourly" -> "PT1H";
                case "daily", "1d" -> "P1D";
                default -> text.matches("[0-9]+[hH]") ? "PT" + text.toUpperCase(Locale.ROOT) : text;
            };
            try {
                Duration length = Duration.parse(period);
                if (length.isPositive()) return new BackupFrequency(period, length);
            } catch (DateTimeParseException unknown) {
                // Said below.
            }
            throw new TypeConversionException("'" + text + "' is no frequency: say 1h, 2h, 4h, 6h, 8h, 12h or daily");
        }
    }
}
