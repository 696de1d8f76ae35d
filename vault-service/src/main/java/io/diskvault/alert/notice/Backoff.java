package io.diskvault.alert.notice;

import java.time.Duration;
import java.time.Instant;

/// When to try again what failed.
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /// Whoever is away for longer than this learns of what is open when he looks.
    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(3);

    private Backoff() {}

    /// @param attempts how many have failed, this one included
    static Duration after(int attempts) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, 10));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    static boolean isTooOld(Instant createdAt, Instant now) {
        return createdAt.plus(GIVEN_UP_AFTER).isBefore(now);
    }
}
