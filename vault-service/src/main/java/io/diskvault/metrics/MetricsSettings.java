package io.diskvault.metrics;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// What `/metrics` shows.
///
/// @param refresh how old what is asked of the database may be; 1 second to 5 minutes. Longer spares a busy database
/// @param instancesMax of how many instances the age of the newest recovery point is shown, those with the oldest
///     first; 0 to 100,000. Each is a time series of its own in Prometheus
@ConfigurationProperties("diskvault.metrics")
public record MetricsSettings(
        @Bindable(defaultValue = "5s") Duration refresh,
        @Bindable(defaultValue = "10000") int instancesMax) {
    public MetricsSettings {
        if (refresh.compareTo(Duration.ofSeconds(1)) < 0 || refresh.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("diskvault.metrics.refresh is " + refresh + "; 1s to 5m is allowed");
        }
        if (instancesMax < 0 || instancesMax > 100_000) {
            throw new IllegalArgumentException(
                    "diskvault.metrics.instances-max is " + instancesMax + "; 0 to 100000 is allowed");
        }
    }
}
