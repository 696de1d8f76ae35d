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
import io.diskvault.platform.Replays;
import io.diskvault.platform.ViewTable;
import io.diskvault.policy.PolicyId;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.jspecify.annotations.Nullable;

/// Keeps the tables of backup instances and recovery points. They can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class InstanceView {
    private final ViewTable<InstanceRow> instances;
    private final InstancePolicyRows policies;
    private final ViewTable<RecoveryPointRow> points;

    InstanceView(InstanceRows instances, InstancePolicyRows policies, RecoveryPointRows points, Replays replays) {
        this.instances = replays.table(instances, InstanceRow::id);
        this.policies = policies;
        this.points = replays.table(points, RecoveryPointRow::id);
    }

    @EventHandler
    void on(ProtectionConfigured event) {
        policies.forgetSince(event.instance().path(), Instant.EPOCH);
        instances.add(new InstanceRow(
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
        instances.remove(event.instance().path());
        policies.forgetSince(event.instance().path(), Instant.EPOCH);
    }

    @EventHandler
    void on(PolicySwitched event) {
        String id = event.instance().path();
        change(event, row -> row.following(event.to(), event.at()));
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
        change(event, row -> row.in(ProtectionState.SOFT_DELETED, event.at(), event.purgeTime()));
    }

    @EventHandler
    void on(InstanceUndeleted event) {
        setState(event, ProtectionState.PROTECTION_STOPPED);
        change(event, row -> row.passingSlots(event.at()));
    }

    private void setState(InstanceEvent event, ProtectionState state) {
        change(event, row -> row.in(state, null, null));
    }

    @EventHandler
    void on(BackupRequested event) {
        change(event, row -> {
            InstanceRow running = row.running(event.job().text());
            return event.slot().map(running::decidedUntil).orElse(running);
        });
    }

    @EventHandler
    void on(BackupSlotSkipped event) {
        change(event, row -> row.decidedUntil(event.slot()));
    }

    @EventHandler
    void on(BackupSlotsMissed event) {
        change(event, row -> row.decidedUntil(event.slots().getLast()));
    }

    @EventHandler
    void on(BackupSlotsReopened event) {
        InstanceRow row = row(event);
        if (row.policySince() != null && row.policySince().isAfter(event.at())) {
            policies.changeTo(row.id(), PolicyId.parse(row.policy()), event.at());
        }
        instances.change(row.reopened(event.at()));
    }

    @EventHandler
    void on(BackupEnded event) {
        change(event, row -> row.running(null));
    }

    @EventHandler
    void on(RecoveryPointCreated event) {
        RecoveryPointFacts point = event.point();
        InstanceRow instance = row(event);
        points.add(new RecoveryPointRow(
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
        instances.change(instance.withPoint(point.id(), point.snapshotTime()));
    }

    @EventHandler
    void on(RecoveryPointExpired event) {
        String keptBy = event.keptBy().stream().map(KeepReason::name).collect(joining(","));
        change(event.point(), row -> row.expired(event.at(), event.reason().name(), keptBy));
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
        change(point, row -> row.held(reason, time));
    }

    @EventHandler
    void on(PointExported event) {
        change(event.point(), row -> row.exported(event.exports()));
    }

    @EventHandler
    void on(PointExportEnded event) {
        change(event.point(), row -> row.exported(event.exports()));
    }

    @ResetHandler
    void reset() {
        points.clear();
        instances.clear();
        policies.deleteAll();
    }

    private InstanceRow row(InstanceEvent event) {
        return instances
                .find(event.instance().path())
                .orElseThrow(() -> new IllegalStateException("no row for " + event.instance()));
    }

    private void change(InstanceEvent event, UnaryOperator<InstanceRow> change) {
        instances.change(change.apply(row(event)));
    }

    private void change(String point, UnaryOperator<RecoveryPointRow> change) {
        if (!points.change(point, change)) {
            throw new IllegalStateException("no row for the recovery point " + point);
        }
    }
}
