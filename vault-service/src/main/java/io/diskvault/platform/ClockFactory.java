package io.diskvault.platform;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;

/// The only clock of the control plane. It ticks in milliseconds, so that a time read back from a database is the time
/// that was stored.
@Factory
final class ClockFactory {
    @Singleton
    Clock clock() {
        return Clock.tickMillis(java.time.ZoneOffset.UTC);
    }
}
