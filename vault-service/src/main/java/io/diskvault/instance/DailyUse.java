package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How often something was asked for on the latest day that it was, in UTC.
final class DailyUse {
    @JsonProperty
    private @Nullable LocalDate day;

    @JsonProperty
    private int times;

    void count(Instant at) {
        if (isNewDay(at)) {
            day = dayOf(at);
            times = 0;
        }
        times++;
    }

    /// From when on it may be asked for again, if it may not at this instant. A clock that was set back a day gives no
    /// day twice.
    Optional<Instant> exhaustedUntil(Instant at, int max) {
        return day == null || isNewDay(at) || times < max
                ? Optional.empty()
                : Optional.of(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private boolean isNewDay(Instant at) {
        return day == null || dayOf(at).isAfter(day);
    }

    private static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
