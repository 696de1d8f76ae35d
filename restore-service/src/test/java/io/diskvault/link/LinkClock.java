package io.diskvault.link;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that goes, and that tests set ahead, in servers with [#SETTING].
@Factory
@Requires(property = LinkClock.SETTING)
final class LinkClock {
    /// Set to anything.
    static final String SETTING = "testing.link-clock";

    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

    @Singleton
    @Replaces(Clock.class)
    Clock clock() {
        Clock present = Clock.tickMillis(ZoneOffset.UTC);
        InstantSource source = () -> present.instant().plus(AHEAD.get());
        return source.withZone(ZoneOffset.UTC);
    }

    static void advance(Duration duration) {
        AHEAD.updateAndGet(ahead -> ahead.plus(duration));
    }
}
