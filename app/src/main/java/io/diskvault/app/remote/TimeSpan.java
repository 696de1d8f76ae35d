package io.diskvault.app.remote;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How long something lasts.
///
/// @param iso as ISO 8601 writes it
public record TimeSpan(String iso) {
    /// A day has 24 hours.
    Duration length() {
        return Duration.parse(iso);
    }

    /// Takes a number with `h` (hours) or `d` (days), or the ISO 8601 form itself.
    public static final class Converter implements ITypeConverter<TimeSpan> {
        private static final Pattern SHORT = Pattern.compile("([1-9][0-9]{0,3})([hdHD])");

        @Override
        public TimeSpan convert(String text) {
            Matcher amount = SHORT.matcher(text);
            if (amount.matches()) {
                String unit = amount.group(2).toUpperCase(Locale.ROOT);
                return new TimeSpan((unit.equals("D") ? "P" : "PT") + amount.group(1) + unit);
            }
            try {
                return new TimeSpan(Duration.parse(text).toString());
            } catch (DateTimeException _) {
                throw new TypeConversionException(
                        "'" + text + "' is no length of time: say for example 2h, 1d or PT30M");
            }
        }
    }
}
