package io.diskvault.scheduler;

import jakarta.inject.Singleton;
import java.time.Duration;

/// Time that passes evenly while the process runs, whatever the clock is set to.
@Singleton
class ElapsedTime {
    /// How long it has been since some moment that only the process knows.
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime());
    }
}
