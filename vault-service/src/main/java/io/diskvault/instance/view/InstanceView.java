package io.diskvault.instance.view;

import io.diskvault.instance.InstanceEvent;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.RecoveryPointFacts;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the tables of backup instances and recovery points. They can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class InstanceView {
    private final InstanceRows instances;
    private final RecoveryPointRows points;

    InstanceView(InstanceRows instances, RecoveryPointRows points) {
        this.instances = instances;
        this.points = points;
    }

    @EventHandler
    void on(ProtectionConfigured event) {
        instances.deleteById(event.instance().path());
        instances.save(new InstanceRow(
                event.instance().path(),
                event.instance().vault(),
                event.instance().name(),
                event.disk().path(),
                event.policy().path(),
                event.snapshotGroup().name(),
                event.at(),
                null,
                null,
                null,
                null));
    }

    @EventHandler
    void on(ProtectionRemoved event) {
        points.deleteByInstanceId(event.instance().path());
        instances.deleteById(event.instance().path());
    }

    @EventHandler
    void on(BackupRequested event) {
        String id = event.instance().path();
        require(event, instances.setRunningJob(id, event.job().text()));
        event.slot().ifPresent(slot -> require(event, instances.setLastSlot(id, slot)));
    }

    @EventHandler
    void on(BackupSlotSkipped event) {
        require(event, instances.setLastSlot(event.instance().path(), event.slot()));
    }

    @EventHandler
    void on(BackupSlotsMissed event) {
        require(
                event,
                instances.setLastSlot(event.instance().path(), event.slots().getLast()));
    }

    @EventHandler
    void on(BackupEnded event) {
        require(event, instances.setRunningJob(event.instance().path(), null));
    }

    @EventHandler
    void on(RecoveryPointCreated event) {
        RecoveryPointFacts point = event.point();
        points.deleteById(point.id());
        points.save(new RecoveryPointRow(
                point.id(),
                event.instance().path(),
                point.kind().text(),
                point.snapshotTime(),
                event.rule().tag(),
                event.policyVersion(),
                event.expiryTime(),
                point.changeDetection(),
                point.logicalBytes(),
                point.usedBytes(),
                point.changedBytes(),
                point.storedBytes()));
        instances.setLatestPoint(event.instance().path(), point.id(), point.snapshotTime());
    }

    @EventHandler
    void on(RecoveryPointExpired event) {
        points.deleteById(event.point());
    }

    @ResetHandler
    void reset() {
        points.deleteAll();
        instances.deleteAll();
    }

    private static void require(InstanceEvent event, int changed) {
        if (changed != 1) {
            throw new IllegalStateException(
                    "no row for the instance " + event.instance().path());
        }
    }
}
