package io.diskvault.export;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What exports of recovery points may take.
///
/// @param longestIdleTimeout how long an export may wait for clients at most, 1 minute to 30 days. It keeps its
///     recovery point meanwhile, and the space of that
/// @param activeMax how many exports there may be at once, 1 to 1000. One that is read takes about 25 MiB of memory
/// @param connections how many connections their socket takes at once, 1 to 10000. Each takes up to 1 MiB of memory
/// @param socket where the socket is, if not `exports/nbd.sock` in the data directory. Set it when the path of that is
///     too long: 107 bytes are possible. Its directory has to be there
@ConfigurationProperties("diskvault.exports")
public record ExportSettings(
        @Bindable(defaultValue = "24h") Duration longestIdleTimeout,
        @Bindable(defaultValue = "16") int activeMax,
        @Bindable(defaultValue = "64") int connections,
        Optional<Path> socket) {
    private static final Duration USUAL_IDLE_TIMEOUT = Duration.ofHours(1);

    public ExportSettings {
        if (longestIdleTimeout.compareTo(Duration.ofMinutes(1)) < 0
                || longestIdleTimeout.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.exports.longest-idle-timeout is %s; 1m to 30d is allowed".formatted(longestIdleTimeout));
        }
        if (activeMax < 1 || activeMax > 1000) {
            throw new IllegalArgumentException(
                    "diskvault.exports.active-max is %s; 1 to 1000 is allowed".formatted(activeMax));
        }
        if (connections < 1 || connections > 10_000) {
            throw new IllegalArgumentException(
                    "diskvault.exports.connections is %s; 1 to 10000 is allowed".formatted(connections));
        }
    }

    /// What counts when nobody says how long.
    public Duration usualIdleTimeout() {
        return USUAL_IDLE_TIMEOUT.compareTo(longestIdleTimeout) < 0 ? USUAL_IDLE_TIMEOUT : longestIdleTimeout;
    }
}
