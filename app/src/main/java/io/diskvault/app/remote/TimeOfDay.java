package io.diskvault.app.remote;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A time of day, with its offset or as a zone's clock shows it: `02:00+01:00`, `02:00`.
///
/// @param offset empty where a zone is needed to know it
public record TimeOfDay(LocalTime time, Optional<ZoneOffset> offset) {
    /// Where the time is; empty if there is neither an offset nor a zone.
    Optional<ZoneId> where(Optional<ZoneId> zone) {
        return offset.<ZoneId>map(own -> own).or(() -> zone);
    }

    /// Reads one.
    public static final class Converter implements ITypeConverter<TimeOfDay> {
        @Override
        public TimeOfDay convert(String text) {
            try {
                OffsetTime time = OffsetTime.parse(text);
                return new TimeOfDay(time.toLocalTime(), Optional.of(time.getOffset()));
            } catch (DateTimeException withoutOffset) {
                return new TimeOfDay(local(text), Optional.empty());
            }
        }

        private static LocalTime local(String text) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeException wrong) {
                throw new TypeConversionException("'" + text + "' is no time of day: say 02:00Z, 02:00+01:00 or 02:00");
            }
        }
    }
}
