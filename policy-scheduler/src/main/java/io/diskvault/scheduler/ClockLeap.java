package io.diskvault.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Notices that the clock leapt ahead of the time that has passed since it was last looked at. What is to go for good
/// must not go because of that.
///
/// Smaller leaps are believed and add up to nothing: a machine that sleeps every night makes one each morning. A clock
/// that is set back, and then right again, makes none.
final class ClockLeap {
    static final Duration BELIEVED = Duration.ofHours(24);

    /// What a believed clock said when no time had passed, the latest that it said.
    private @Nullable Instant beginning;

    /// How far ahead the clock is of what is believed; nothing if it is believed.
    synchronized Optional<Duration> leap(Instant now, Duration elapsed) {
        Instant told = now.minus(elapsed);
        if (beginning == null) {
            beginning = told;
        }
        Duration ahead = Duration.between(beginning, told);
        if (ahead.compareTo(BELIEVED) > 0) {
            return Optional.of(ahead);
        }
        beginning = ahead.isPositive() ? told : beginning;
        return Optional.empty();
    }
}
