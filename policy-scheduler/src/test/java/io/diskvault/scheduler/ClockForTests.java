package io.diskvault.scheduler;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// The time of all servers of this process. It stands still until a test moves it, and is so far ahead of the real
/// clock, by which Quartz rings, that no alarm goes off by itself.
@Factory
final class ClockForTests {
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.EPOCH);

    @Singleton
    @Replaces(Clock.class)
    Clock clock() {
        InstantSource source = NOW::get;
        return source.withZone(ZoneOffset.UTC);
    }

    static Instant now() {
        return NOW.get();
    }

    static void set(String instant) {
        NOW.set(Instant.parse(instant));
    }

    static void advance(Duration duration) {
        NOW.updateAndGet(now -> now.plus(duration));
    }
}
