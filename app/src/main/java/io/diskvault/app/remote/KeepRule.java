package io.diskvault.app.remote;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How long recovery points with one tag are kept, as the command line says it: `7d`, `Daily=30d`, `Weekly=none`.
///
/// @param tag `Default` where none is said
/// @param duration empty to give the rule up
public record KeepRule(String tag, Optional<RetentionDuration> duration) {
    static final String DEFAULT = "Default";
    private static final List<String> TAGS = List.of(DEFAULT, "Daily", "Weekly", "Monthly", "Yearly");

    /// Reads one; tags in whatever case.
    public static final class Converter implements ITypeConverter<KeepRule> {
        private final RetentionDuration.Converter durations = new RetentionDuration.Converter();

        @Override
        public KeepRule convert(String text) {
            int equals = text.indexOf('=');
            String tag = equals < 0 ? DEFAULT : tag(text.substring(0, equals));
            String duration = text.substring(equals + 1);
            if (duration.equals("none") && !tag.equals(DEFAULT)) return new KeepRule(tag, Optional.empty());
            return new KeepRule(tag, Optional.of(durations.convert(duration)));
        }

        private static String tag(String text) {
            return TAGS.stream()
                    .filter(tag -> tag.equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is no tag: say " + String.join(", ", TAGS)));
        }
    }
}
