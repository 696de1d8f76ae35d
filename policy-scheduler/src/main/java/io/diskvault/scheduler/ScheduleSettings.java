package io.diskvault.scheduler;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How schedules are followed.
///
/// @param startWindow how late a slot may still start, for instance after the server was down; 1 minute to 12 hours.
///     Past it the slot is recorded as missed and the next one is waited for. Make it shorter where a backup outside
///     its hours does harm
@ConfigurationProperties("diskvault.schedule")
public record ScheduleSettings(
        @Bindable(defaultValue = "2h") Duration startWindow) {
    public ScheduleSettings {
        if (startWindow.compareTo(Duration.ofMinutes(1)) < 0 || startWindow.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException(
                    "diskvault.schedule.start-window is %s; 1m to 12h is allowed".formatted(startWindow));
        }
    }
}
