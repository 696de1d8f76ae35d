package io.diskvault.storage.view;

import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.RecoveryPointFacts;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.platform.Replays;
import io.diskvault.platform.ViewTable;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the tables of what recovery points take. They can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class StorageView {
    private final ViewTable<InstanceStorageRow> instances;
    private final ViewTable<StorageDayRow> days;
    private final ViewTable<RecoveryPointRow> points;
    private final RecoveryPointRows pointRows;

    StorageView(InstanceStorageRows instances, StorageDayRows days, RecoveryPointRows points, Replays replays) {
        this.instances = replays.table(instances, InstanceStorageRow::instanceId);
        this.days = replays.table(days, StorageDayRow::id);
        this.points = replays.table(points, RecoveryPointRow::id);
        this.pointRows = points;
    }

    @EventHandler
    void on(ProtectionConfigured event) {
        InstanceId instance = event.instance();
        instances.add(new InstanceStorageRow(
                instance.path(), instance.vault(), event.snapshotGroup().name(), null, 0, 0, 0));
    }

    /// Its points have all expired just before.
    @EventHandler
    void on(ProtectionRemoved event) {
        instances.remove(event.instance().path());
    }

    @EventHandler
    void on(RecoveryPointCreated event) {
        RecoveryPointFacts point = event.point();
        InstanceStorageRow row = row(event.instance());
        instances.change(new InstanceStorageRow(
                row.instanceId(),
                row.vault(),
                row.snapshotGroup(),
                row.oldestPoint() == null ? point.id() : row.oldestPoint(),
                point.logicalBytes(),
                row.usedBytes() + (row.oldestPoint() == null ? point.usedBytes() : point.changedBytes()),
                row.storedBytes() + point.storedBytes()));
        count(event.instance(), point.snapshotTime(), point.changedBytes(), point.storedBytes(), 0);
    }

    @EventHandler
    void on(RecoveryPointExpired event) {
        RecoveryPointRow point = points.find(event.point())
                .orElseThrow(() -> new IllegalStateException("no row for the recovery point " + event.point()));
        InstanceStorageRow row = row(event.instance());
        boolean wasOldest = point.id().equals(row.oldestPoint());
        Optional<RecoveryPointRow> next = wasOldest ? oldestBeside(row.instanceId(), point.id()) : Optional.empty();
        // Who becomes the oldest counts all that it uses from now on.
        long becomes = next.map(it -> it.usedBytes() - it.changedBytes()).orElse(0L);
        instances.change(new InstanceStorageRow(
                row.instanceId(),
                row.vault(),
                row.snapshotGroup(),
                wasOldest ? next.map(RecoveryPointRow::id).orElse(null) : row.oldestPoint(),
                wasOldest && next.isEmpty() ? 0 : row.logicalBytes(),
                row.usedBytes() + becomes - (wasOldest ? point.usedBytes() : point.changedBytes()),
                row.storedBytes() - point.storedBytes()));
        count(event.instance(), event.at(), 0, 0, point.storedBytes());
    }

    private Optional<RecoveryPointRow> oldestBeside(String instance, String point) {
        points.settled();
        return pointRows.oldestBeside(instance, point);
    }

    private void count(InstanceId instance, Instant at, long added, long stored, long expired) {
        String day = at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        StorageDayRow none = StorageDayRow.of(instance.vault(), day);
        days.put(days.find(none.id()).orElse(none).plus(added, stored, expired));
    }

    @ResetHandler
    void reset() {
        instances.clear();
        days.clear();
    }

    private InstanceStorageRow row(InstanceId instance) {
        return instances.find(instance.path()).orElseThrow(() -> new IllegalStateException("no row for " + instance));
    }
}
