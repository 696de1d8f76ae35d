package io.diskvault.watch;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.AlertSettings;
import io.diskvault.alert.Cause;
import io.diskvault.alert.Condition;
import io.diskvault.alert.Severity;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.view.PointCount;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.policy.SnapshotLimits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Instances that have nearly as many recovery points of scheduled backups as they may have.
@Singleton
final class NearCap implements Condition {
    private final RecoveryPointRows points;
    private final int cap;
    private final int percent;

    NearCap(RecoveryPointRows points, SnapshotLimits limits, AlertSettings settings) {
        this.points = points;
        this.cap = limits.scheduledSnapshotCap();
        this.percent = settings.capPercent();
    }

    @Override
    public AlertKind kind() {
        return AlertKind.RECOVERY_POINT_CAP_NEAR;
    }

    /// All points are counted, and no schedule makes more than one in an hour.
    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public List<Cause> holding(Instant now) {
        long least = Math.ceilDiv((long) cap * percent, 100);
        return points.instancesWithScheduledPoints(least).stream()
                .map(this::cause)
                .toList();
    }

    private Cause cause(PointCount count) {
        InstanceId instance = InstanceId.parse(count.instanceId());
        boolean reached = count.points() >= cap;
        return Cause.ofInstance(
                        kind(),
                        instance.vault(),
                        instance.name(),
                        "%s has %d of the %d recovery points of scheduled backups that it may have%s."
                                .formatted(
                                        instance.path(),
                                        count.points(),
                                        cap,
                                        reached ? "; its slots are skipped" : "; at the cap its slots are skipped"),
                        "Shorten the retention of its policy, release legal holds and end exports that are not needed, or"
                                + " raise diskvault.limits.scheduled-snapshot-cap.")
                .as(reached ? Severity.CRITICAL : Severity.WARNING);
    }
}
