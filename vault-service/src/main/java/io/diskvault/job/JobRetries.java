package io.diskvault.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How often a job that failed is started again, and until when.
///
/// @param waits how long to wait after each failure; there are as many retries
/// @param until no retry is started later
public record JobRetries(List<Duration> waits, Instant until) {
    /// No wait is longer.
    static final Duration WAIT_MAX = Duration.ofHours(1);

    public JobRetries {
        waits = List.copyOf(waits);
        if (waits.stream().anyMatch(wait -> wait.isNegative() || wait.compareTo(WAIT_MAX) > 0)) {
            throw new IllegalArgumentException("a retry waits for %s; 0s to 1h is possible".formatted(waits));
        }
    }

    /// When to start again; never if the retries are used up or it would be too late.
    ///
    /// @param used retries there were
    Optional<Instant> next(int used, Instant failedAt) {
        return used < waits.size()
                ? Optional.of(failedAt.plus(waits.get(used))).filter(start -> !start.isAfter(until))
                : Optional.empty();
    }
}
