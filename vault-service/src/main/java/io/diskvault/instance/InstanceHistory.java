package io.diskvault.instance;

import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.policy.ForecastPoint;
import io.diskvault.policy.ForecastProtection;
import io.diskvault.policy.InstancePoints;
import io.diskvault.policy.RetentionTag;
import io.diskvault.web.Cursor;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What forecasts need to know of an instance: its points of today.
@Singleton
final class InstanceHistory implements InstancePoints {
    /// More than any instance may have.
    private static final int POINTS_MAX = 1000;

    private final InstanceRows instances;
    private final RecoveryPointRows points;

    InstanceHistory(InstanceRows instances, RecoveryPointRows points) {
        this.instances = instances;
        this.points = points;
    }

    @Override
    public Optional<History> find(String instance) {
        return instances.findById(instance).map(this::historyOf);
    }

    private History historyOf(InstanceRow instance) {
        List<RecoveryPointRow> newestFirst =
                points.listBefore(instance.id(), Instant.EPOCH, Cursor.END_OF_TIME, "", POINTS_MAX);
        ProtectionState state = ProtectionState.of(instance.protectionState());
        return new History(
                newestFirst.reversed().stream().map(InstanceHistory::pointOf).toList(),
                newestFirst.stream()
                        .filter(row -> row.holdTime() != null)
                        .map(InstanceHistory::pointOf)
                        .collect(Collectors.toSet()),
                newestFirst.stream()
                        .filter(row -> row.kind().equals(BackupKind.SCHEDULED.text()))
                        .map(RecoveryPointRow::snapshotTime)
                        .findFirst(),
                new ForecastProtection(
                        state == ProtectionState.PROTECTION_CONFIGURED,
                        state.expires(),
                        Optional.ofNullable(instance.purgeTime())));
    }

    private static ForecastPoint pointOf(RecoveryPointRow row) {
        return new ForecastPoint(
                Optional.of(row.id()), row.snapshotTime(), RetentionTag.of(row.retentionTag()), row.expiryTime());
    }
}
