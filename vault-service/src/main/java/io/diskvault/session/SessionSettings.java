package io.diskvault.session;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How long somebody stays signed in with a browser. The token's own end comes before both.
///
/// @param idleTime without any request, 5m to 30d; it is noted to the minute
/// @param longestTime in all, `idleTime` to 30d; then the token is asked for again
@ConfigurationProperties("diskvault.session")
public record SessionSettings(
        @Bindable(defaultValue = "8h") Duration idleTime,
        @Bindable(defaultValue = "24h") Duration longestTime) {
    private static final Duration IDLE_MIN = Duration.ofMinutes(5);
    private static final Duration MOST = Duration.ofDays(30);

    public SessionSettings {
        if (idleTime.compareTo(IDLE_MIN) < 0 || idleTime.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.session.idle-time is %s; 5m to 30d is allowed".formatted(idleTime));
        }
        if (longestTime.compareTo(idleTime) < 0 || longestTime.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.session.longest-time is %s; diskvault.session.idle-time (%s) to 30d is allowed"
                            .formatted(longestTime, idleTime));
        }
    }
}
