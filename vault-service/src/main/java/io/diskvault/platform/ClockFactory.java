package io.diskvault.platform;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The only clock of the control plane. It ticks in milliseconds, so that a time read back from a database is the
/// time that was stored. For a request about the past it stands at the instant that is asked about.
@Factory
final class ClockFactory {
    @Singleton
    Clock clock() {
        return new PresentOrPastClock(Clock.tickMillis(ZoneOffset.UTC));
    }

    private static final class PresentOrPastClock extends Clock {
        private final Clock present;

        PresentOrPastClock(Clock present) {
            this.present = present;
        }

        @Override
        public Instant instant() {
            return AsOf.current().map(AsOf::instant).orElseGet(present::instant);
        }

        @Override
        public ZoneId getZone() {
            return present.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new PresentOrPastClock(present.withZone(zone));
        }
    }
}
