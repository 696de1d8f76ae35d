package io.diskvault.instance;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How often people may ask for work on one backup instance. A day is one of UTC, from midnight to midnight.
///
/// @param onDemandBackupsPerDay 1 to 1000. A loop in a script meets it before it fills the datastore or the room that
///     scheduled recovery points need
/// @param restoresPerDay 1 to 1000; likewise for the directories that disks are restored to
@ConfigurationProperties("diskvault.limits")
public record DailyLimits(
        @Bindable(defaultValue = "10") int onDemandBackupsPerDay,
        @Bindable(defaultValue = "10") int restoresPerDay) {
    private static final int MAX = 1000;

    public DailyLimits {
        require("on-demand-backups-per-day", onDemandBackupsPerDay);
        require("restores-per-day", restoresPerDay);
    }

    private static void require(String name, int value) {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(
                    "diskvault.limits.%s is %d; 1 to %d is allowed".formatted(name, value, MAX));
        }
    }
}
