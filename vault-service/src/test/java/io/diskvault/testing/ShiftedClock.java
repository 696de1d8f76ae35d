package io.diskvault.testing;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// The clock of all test servers that are started with [#SETTING]: the real one, set ahead as a test likes.
@Factory
@Requires(property = ShiftedClock.SETTING)
public class ShiftedClock {
    public static final String SETTING = "testing.shifted-clock";

    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);
    private static final Clock REAL = Clock.tickMillis(ZoneOffset.UTC);

    @Singleton
    @Replaces(Clock.class)
    Clock clock() {
        InstantSource source = () -> REAL.instant().plus(AHEAD.get());
        return source.withZone(ZoneOffset.UTC);
    }

    /// Sets the clock ahead.
    public static void advance(Duration duration) {
        AHEAD.updateAndGet(before -> before.plus(duration));
    }
}
