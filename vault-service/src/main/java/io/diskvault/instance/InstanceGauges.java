package io.diskvault.instance;

import io.diskvault.instance.view.InstanceCount;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.metrics.GaugeFamily;
import io.diskvault.metrics.GaugeFamily.Sample;
import io.diskvault.metrics.GaugeSource;
import io.diskvault.metrics.MetricsSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// How many instances there are, and how far each would be set back.
@Singleton
final class InstanceGauges implements GaugeSource {
    private final InstanceRows rows;
    private final MetricsSettings settings;
    private final Clock clock;

    InstanceGauges(InstanceRows rows, MetricsSettings settings, Clock clock) {
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<GaugeFamily> gauges() {
        return List.of(
                new GaugeFamily("diskvault.instances", "Backup instances by their protection state.", this::counts),
                new GaugeFamily(
                        "diskvault.recovery.point.newest.age.seconds",
                        "Age of the newest recovery point of each instance that is backed up; +Inf if it has none.",
                        this::ages));
    }

    private List<Sample> counts() {
        List<InstanceCount> counts = rows.countByState();
        return Arrays.stream(ProtectionState.values())
                .map(state -> Sample.of(
                        counts.stream()
                                .filter(count -> count.protectionState().equals(state.text()))
                                .mapToLong(InstanceCount::count)
                                .sum(),
                        "state",
                        state.text()))
                .toList();
    }

    /// Not of those whose backups somebody stopped: theirs grow old as they are meant to.
    private List<Sample> ages() {
        Instant now = clock.instant();
        return rows.oldestFirst(ProtectionState.PROTECTION_CONFIGURED.text(), settings.instancesMax()).stream()
                .map(row -> Sample.of(age(row, now), "vault", row.vault(), "backup_instance", row.name()))
                .toList();
    }

    private static double age(InstanceRow row, Instant now) {
        Instant newest = row.latestPointTime();
        return newest == null
                ? Double.POSITIVE_INFINITY
                : Math.max(0, Duration.between(newest, now).toMillis() / 1000.0);
    }
}
