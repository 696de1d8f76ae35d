package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a recovery point is kept: a whole number of days, weeks, months or years, as in `P7D`, `P4W`, `P3M`, `P1Y`.
/// At least a day, at most a hundred years.
public record RetentionDuration(@JsonValue String text) {
    private static final Pattern FORM = Pattern.compile("P([1-9][0-9]{0,4})([DWMY])");

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

    /// When something kept since `start` expires, by the calendar in UTC: a month after January 31 is the last day of
    /// February.
    public Instant after(Instant start) {
        return start.atZone(ZoneOffset.UTC).plus(Period.parse(text)).toInstant();
    }
}
