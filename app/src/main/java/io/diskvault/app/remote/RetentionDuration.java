package io.diskvault.app.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How long recovery points are kept, or how long something lasts: `7d`, `4w`, `3m`, `1y`, as ISO 8601 writes it.
///
/// Months and years are the calendar's, so they stay periods and never become a number of days here.
public record RetentionDuration(String iso) {

    /// The instant this long after another, counted on the calendar of UTC.
    Instant after(Instant start) {
        int time = iso.indexOf('T');
        Period days = time == 1 ? Period.ZERO : Period.parse(time < 0 ? iso : iso.substring(0, time));
        Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + iso.substring(time));
        return start.atOffset(ZoneOffset.UTC).plus(days).plus(rest).toInstant();
    }

    /// Takes a number with `d`, `w`, `m` (months) or `y`, or the ISO 8601 form itself.
    public static final class Converter implements ITypeConverter<RetentionDuration> {
        private static final Pattern SHORT = Pattern.compile("([1-9][0-9]{0,5})([dwmyDWMY])");
        private static final Pattern ISO = Pattern.compile("P([0-9]+[YMWD])+(T([0-9]+[HMS])+)?|PT([0-9]+[HMS])+");

        @Override
        public RetentionDuration convert(String text) {
            Matcher amount = SHORT.matcher(text);
            if (amount.matches()) {
                return new RetentionDuration(
                        "P" + amount.group(1) + amount.group(2).toUpperCase(Locale.ROOT));
            }
            if (ISO.matcher(text).matches()) return new RetentionDuration(text);
            throw new TypeConversionException(
                    "'" + text + "' is no duration: say for example 7d, 4w, 3m (months), 1y or P7D");
        }
    }
}
