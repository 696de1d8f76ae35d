package io.diskvault.app.remote;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Whether something is shown once, or again and again.
public final class WatchOption {
    @Option(
            names = "--watch",
            description = "Show it again and again until Ctrl-C: drawn over on a terminal, elsewhere the lines that are"
                    + " new; with --json each time that something is different.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "2",
            converter = Seconds.class,
            description = "How often --watch looks; 2 if absent.")
    private Duration interval = Duration.ofSeconds(2);

    Optional<Duration> every() {
        return watch ? Optional.of(interval) : Optional.empty();
    }

    /// Takes 0.1 to 86400.
    public static final class Seconds implements ITypeConverter<Duration> {
        private static final Duration MIN = Duration.ofMillis(100);
        private static final Duration MAX = Duration.ofDays(1);

        @Override
        public Duration convert(String text) {
            Duration length = text.matches("[0-9]{1,5}(\\.[0-9]{1,3})?")
                    ? Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000))
                    : Duration.ZERO;
            if (length.compareTo(MIN) < 0 || length.compareTo(MAX) > 0) {
                throw new TypeConversionException("'" + text + "' is no number of seconds from 0.1 to 86400");
            }
            return length;
        }
    }
}
