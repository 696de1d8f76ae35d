package io.diskvault.scheduler;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How expiry runs.
///
/// @param every how often recovery points whose time is up are let go; 1 minute to 24 hours. They never go earlier than
///     that; a longer time only keeps them longer
@ConfigurationProperties("diskvault.expiry")
public record ExpirySettings(@Bindable(defaultValue = "10m") Duration every) {
    public ExpirySettings {
        if (every.compareTo(Duration.ofMinutes(1)) < 0 || every.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("diskvault.expiry.every is %s; 1m to 24h is allowed".formatted(every));
        }
    }
}
