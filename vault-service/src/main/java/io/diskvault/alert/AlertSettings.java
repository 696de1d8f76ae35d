package io.diskvault.alert;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Optional;

/// From when on something is worth an alert.
///
/// @param noRecoveryPointAfter how long an instance may have no new recovery point; 1 hour to 366 days, and never
///     less than one interval of its schedule. Unless set, two intervals
/// @param capPercent from how much of diskvault.limits.scheduled-snapshot-cap on an instance is near it; 50 to 100
/// @param datastorePercent from when on a datastore's file system is nearly full; 50 to 99. Half way from there to
///     full the alert becomes critical
@ConfigurationProperties("diskvault.alerts")
public record AlertSettings(
        Optional<Duration> noRecoveryPointAfter,
        @Bindable(defaultValue = "90") int capPercent,
        @Bindable(defaultValue = "90") int datastorePercent) {
    public AlertSettings {
        noRecoveryPointAfter.ifPresent(limit -> {
            if (limit.compareTo(Duration.ofHours(1)) < 0 || limit.compareTo(Duration.ofDays(366)) > 0) {
                throw new IllegalArgumentException(
                        "diskvault.alerts.no-recovery-point-after is %s; 1h to 366d is allowed".formatted(limit));
            }
        });
        if (capPercent < 50 || capPercent > 100) {
            throw new IllegalArgumentException(
                    "diskvault.alerts.cap-percent is %d; 50 to 100 is allowed".formatted(capPercent));
        }
        if (datastorePercent < 50 || datastorePercent > 99) {
            throw new IllegalArgumentException(
                    "diskvault.alerts.datastore-percent is %d; 50 to 99 is allowed".formatted(datastorePercent));
        }
    }
}
