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
    private static final AtomicReference<Duration> LEAPT = new AtomicReference<>(Duration.ZERO);

    @Singleton
    @Replaces(Clock.class)
    Clock clock() {
        InstantSource source = NOW::get;
        return source.withZone(ZoneOffset.UTC);
    }

    @Singleton
    @Replaces(ElapsedTime.class)
    ElapsedTime elapsedTime() {
        return new ElapsedTime() {
            @Override
            Duration elapsed() {
                return Duration.between(Instant.EPOCH, NOW.get()).minus(LEAPT.get());
            }
        };
    }

    static Instant now() {
        return NOW.get();
    }

    static void set(String instant) {
        NOW.set(Instant.parse(instant));
    }

    /// Sets the clock ahead although no time passes, or takes that back.
    static void leap(Duration duration) {
        LEAPT.updateAndGet(leapt -> leapt.plus(duration));
        advance(duration);
    }

    static void advance(Duration duration) {
        NOW.updateAndGet(now -> now.plus(duration));
    }
}
