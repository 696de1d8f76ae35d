package io.diskvault.scheduler;

import io.diskvault.job.JobRetries;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/// How schedules are followed.
///
/// @param startWindow how late a slot may still start, for instance after the server was down; 1 minute to 12 hours.
///     Past it the slot is recorded as missed and the next one is waited for. Make it shorter where a backup outside
///     its hours does harm
/// @param retries how often a scheduled backup that failed is started again while its start window lasts; 0 to 10
/// @param retryAfter how long the first retry waits, 1 second to 1 hour; each further one waits five times as long, at
///     most an hour
@ConfigurationProperties("diskvault.schedule")
public record ScheduleSettings(
        @Bindable(defaultValue = "2h") Duration startWindow,
        @Bindable(defaultValue = "2") int retries,
        @Bindable(defaultValue = "1m") Duration retryAfter) {
    private static final Duration HOUR = Duration.ofHours(1);

    public ScheduleSettings {
        requireBetween("start-window", startWindow, Duration.ofMinutes(1), Duration.ofHours(12), "1m to 12h");
        if (retries < 0 || retries > 10) {
            throw new IllegalArgumentException(
                    "diskvault.schedule.retries is %d; 0 to 10 is allowed".formatted(retries));
        }
        requireBetween("retry-after", retryAfter, Duration.ofSeconds(1), HOUR, "1s to 1h");
    }

    private static void requireBetween(String name, Duration value, Duration min, Duration max, String allowed) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.schedule.%s is %s; %s is allowed".formatted(name, value, allowed));
        }
    }

    /// How the backup of a slot is repeated if it fails.
    JobRetries retriesOf(Instant slot) {
        return new JobRetries(
                Stream.iterate(retryAfter, ScheduleSettings::longer)
                        .limit(retries)
                        .toList(),
                slot.plus(startWindow));
    }

    private static Duration longer(Duration wait) {
        Duration longer = wait.multipliedBy(5);
        return longer.compareTo(HOUR) > 0 ? HOUR : longer;
    }
}
