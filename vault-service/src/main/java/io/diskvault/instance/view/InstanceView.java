package io.diskvault.instance.view;

import static java.util.stream.Collectors.joining;

import io.diskvault.instance.InstanceEvent;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.InstanceUndeleted;
import io.diskvault.instance.InstanceEvent.LegalHoldReleased;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
import io.diskvault.instance.InstanceEvent.PointExportEnded;
import io.diskvault.instance.InstanceEvent.PointExported;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.ProtectionResumed;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.KeepReason;
import io.diskvault.instance.ProtectionState;
import io.diskvault.instance.RecoveryPointFacts;
import io.diskvault.policy.PolicyId;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.jspecify.annotations.Nullable;

/// Keeps the tables of backup instances and recovery points. They can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class InstanceView {
    private final InstanceRows instances;
    private final InstancePolicyRows policies;
    private final RecoveryPointRows points;

    InstanceView(InstanceRows instances, InstancePolicyRows policies, RecoveryPointRows points) {
        this.instances = instances;
        this.policies = policies;
        this.points = points;
    }

    @EventHandler
    void on(ProtectionConfigured event) {
        forget(event.instance().path());
        instances.save(new InstanceRow(
                event.instance().path(),
                event.instance().vault(),
                event.instance().name(),
                event.disk().path(),
                event.policy().path(),
                null,
                event.snapshotGroup().name(),
                ProtectionState.PROTECTION_CONFIGURED.text(),
                null,
                null,
                event.at(),
                null,
                null,
                null,
                null));
    }

    /// Its points have all expired just before; their rows stay.
    @EventHandler
    void on(ProtectionRemoved event) {
        forget(event.instance().path());
    }

    private void forget(String id) {
        instances.deleteById(id);
        policies.forgetSince(id, Instant.EPOCH);
    }

    @EventHandler
    void on(PolicySwitched event) {
        String id = event.instance().path();
        require(event, instances.setPolicy(id, event.to().path(), event.at()));
        if (!policies.existsByInstanceId(id)) {
            policies.changeTo(id, event.from(), Instant.EPOCH);
        }
        policies.changeTo(id, event.to(), event.at());
    }

    @EventHandler
    void on(ProtectionStopped event) {
        setState(event, ProtectionState.PROTECTION_STOPPED);
    }

    @EventHandler
    void on(BackupsSuspended event) {
        setState(event, ProtectionState.BACKUPS_SUSPENDED);
    }

    @EventHandler
    void on(ProtectionResumed event) {
        setState(event, ProtectionState.PROTECTION_CONFIGURED);
    }

    @EventHandler
    void on(InstanceSoftDeleted event) {
        require(
                event,
                instances.setState(
                        event.instance().path(), ProtectionState.SOFT_DELETED.text(), event.at(), event.purgeTime()));
    }

    @EventHandler
    void on(InstanceUndeleted event) {
        setState(event, ProtectionState.PROTECTION_STOPPED);
        instances.passSlots(event.instance().path(), event.at());
    }

    private void setState(InstanceEvent event, ProtectionState state) {
        require(event, instances.setState(event.instance().path(), state.text(), null, null));
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
    void on(BackupSlotsReopened event) {
        InstanceRow row = row(event);
        if (row.policySince() != null && row.policySince().isAfter(event.at())) {
            policies.changeTo(row.id(), PolicyId.parse(row.policy()), event.at());
        }
        require(event, instances.reopenSlots(row.id(), event.at()));
    }

    @EventHandler
    void on(BackupEnded event) {
        require(event, instances.setRunningJob(event.instance().path(), null));
    }

    @EventHandler
    void on(RecoveryPointCreated event) {
        RecoveryPointFacts point = event.point();
        InstanceRow instance = row(event);
        points.deleteById(point.id());
        points.save(new RecoveryPointRow(
                point.id(),
                event.instance().path(),
                point.kind().text(),
                point.snapshotTime(),
                event.rule().tag().text(),
                event.rule().duration().text(),
                event.policy().path(),
                event.policyVersion(),
                event.timeZone().getId(),
                event.expiryTime(),
                point.changeDetection(),
                point.logicalBytes(),
                point.usedBytes(),
                point.changedBytes(),
                point.storedBytes(),
                instance.snapshotGroup(),
                null,
                null,
                0,
                null,
                null,
                null));
        instances.setLatestPoint(event.instance().path(), point.id(), point.snapshotTime());
    }

    @EventHandler
    void on(RecoveryPointExpired event) {
        String keptBy = event.keptBy().stream().map(KeepReason::name).collect(joining(","));
        requirePoint(
                event.point(),
                points.setExpired(event.point(), event.at(), event.reason().name(), keptBy));
    }

    @EventHandler
    void on(LegalHoldSet event) {
        setHold(event.point(), event.reason(), event.at());
    }

    @EventHandler
    void on(LegalHoldReleased event) {
        setHold(event.point(), null, null);
    }

    private void setHold(String point, @Nullable String reason, @Nullable Instant time) {
        requirePoint(point, points.setHold(point, reason, time));
    }

    @EventHandler
    void on(PointExported event) {
        requirePoint(event.point(), points.setExports(event.point(), event.exports()));
    }

    @EventHandler
    void on(PointExportEnded event) {
        requirePoint(event.point(), points.setExports(event.point(), event.exports()));
    }

    @ResetHandler
    void reset() {
        points.deleteAll();
        instances.deleteAll();
        policies.deleteAll();
    }

    private InstanceRow row(InstanceEvent event) {
        return instances
                .findById(event.instance().path())
                .orElseThrow(() -> new IllegalStateException("no row for " + event.instance()));
    }

    private static void requirePoint(String point, int changed) {
        if (changed != 1) {
            throw new IllegalStateException("no row for the recovery point " + point);
        }
    }

    private static void require(InstanceEvent event, int changed) {
        if (changed != 1) {
            throw new IllegalStateException(
                    "no row for the instance " + event.instance().path());
        }
    }
}
