package io.diskvault.health.view;

import io.diskvault.health.ExpectedPoint;
import io.diskvault.health.HealthFacts;
import io.diskvault.health.HealthFacts.Damage;
import io.diskvault.health.HealthFacts.Passed;
import io.diskvault.instance.InstanceEvent;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.InstanceUndeleted;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.ProtectionResumed;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectionState;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.RestoreMeasured;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.JobOrder.RestoringOrder;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import io.diskvault.platform.Replays;
import io.diskvault.platform.ViewTable;
import io.diskvault.policy.BackupSchedule;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.view.PolicyRow;
import io.diskvault.policy.view.PolicyRows;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueRaised;
import io.diskvault.restoretest.RestoreTestEvent.RestoreProofOverdueResolved;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestEnded;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of what decides how instances are. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class HealthView {
    /// As jobs tell that data in a datastore is damaged.
    private static final String DAMAGED = "UserErrorDatastoreDamaged";

    /// As points tell that they were made of what was written to an export, and not of the disk.
    private static final String OVERLAY = "Overlay";

    private final ViewTable<HealthRow> healths;
    private final HealthRows rows;
    private final ViewTable<PolicyRow> policies;
    private final ViewTable<JobRow> jobs;

    HealthView(HealthRows rows, PolicyRows policies, JobRows jobs, Replays replays) {
        this.healths = replays.table(rows, HealthRow::instanceId);
        this.rows = rows;
        this.policies = replays.table(policies, PolicyRow::id);
        this.jobs = replays.table(jobs, JobRow::id);
    }

    @EventHandler
    void on(ProtectionConfigured event) {
        InstanceId instance = event.instance();
        healths.add(HealthRow.of(
                new HealthRow.Subject(
                        instance.path(), instance.vault(), event.disk().resourceGroup(), event.policy(), event.at()),
                HealthFacts.fresh(event.at(), ExpectedPoint.of(scheduleOf(event.policy()), event.at()))));
    }

    @EventHandler
    void on(ProtectionRemoved event) {
        healths.remove(event.instance().path());
    }

    @EventHandler
    void on(PolicySwitched event) {
        HealthRow row = row(event);
        HealthFacts facts = row.facts();
        healths.change(row.following(event.to(), expecting(facts, scheduleOf(event.to()), event.at())));
    }

    @EventHandler
    void on(PolicyChanged event) {
        healths.settled();
        for (HealthRow row : rows.findByPolicy(event.policy().path())) {
            healths.change(row.with(expecting(row.facts(), event.schedule(), event.at())));
        }
    }

    /// Slots of a new schedule concern nobody before it was in force; what is late already stays so.
    private static HealthFacts expecting(HealthFacts facts, BackupSchedule schedule, Instant from) {
        ExpectedPoint next = ExpectedPoint.of(schedule, from);
        return facts.expected().filter(before -> before.late().isBefore(from)).isPresent()
                ? facts
                : facts.expecting(next);
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
    void on(InstanceSoftDeleted event) {
        setState(event, ProtectionState.SOFT_DELETED);
    }

    @EventHandler
    void on(InstanceUndeleted event) {
        setState(event, ProtectionState.PROTECTION_STOPPED);
    }

    private void setState(InstanceEvent event, ProtectionState state) {
        HealthRow row = row(event);
        healths.change(row.with(row.facts().in(state)));
    }

    @EventHandler
    void on(ProtectionResumed event) {
        HealthRow row = row(event);
        BackupSchedule schedule = scheduleOf(PolicyId.parse(row.policy()));
        healths.change(row.with(row.facts().resumed(event.at(), ExpectedPoint.of(schedule, event.at()))));
    }

    @EventHandler
    void on(RecoveryPointCreated event) {
        Instant made = event.point().snapshotTime();
        if (!event.point().changeDetection().equals(OVERLAY)) {
            HealthRow row = row(event);
            HealthFacts facts = row.facts();
            if (facts.latestPoint().filter(made::isBefore).isEmpty()) {
                BackupSchedule schedule = scheduleOf(PolicyId.parse(row.policy()));
                healths.change(row.with(facts.backedUp(made, ExpectedPoint.of(schedule, made))));
            }
        }
    }

    @EventHandler
    void on(BackupSlotSkipped event) {
        if (event.reason() == SkipReason.MAX_RECOVERY_POINTS_REACHED) {
            change(event, facts -> facts.passedOver(new Passed(Passed.Reason.LIMIT_REACHED, event.at())));
        }
    }

    @EventHandler
    void on(BackupSlotsMissed event) {
        if (event.kind() == MissKind.MISSED) {
            change(event, facts -> facts.passedOver(new Passed(Passed.Reason.MISSED, event.at())));
        }
    }

    @EventHandler
    void on(BackupSlotsReopened event) {
        change(event, facts -> facts.reopened(event.at()));
    }

    @EventHandler
    void on(JobFailed event) {
        InstanceId instance =
                new InstanceId(event.order().vault(), event.order().instance());
        switch (event.order()) {
            case BackupOrder _ -> change(instance, facts -> facts.failed(event.error(), event.at()));
            case RestoringOrder restore -> restoreFailed(instance, event, restore.recoveryPoint());
            case RestoreTestOrder test -> restoreFailed(instance, event, test.recoveryPoint());
            case KeepOrder _ -> {
                // It says nothing about the disk's own backups.
            }
        }
    }

    private void restoreFailed(InstanceId instance, JobFailed event, String point) {
        if (event.error().code().equals(DAMAGED)) {
            damaged(instance, point, event.at());
        }
    }

    /// A restore that left out what is damaged.
    @EventHandler
    void on(RestoreMeasured event) {
        if (event.damagedBytes() > 0) {
            JobRow job = jobs.find(event.job().text()).orElseThrow();
            if (job.recoveryPoint() != null) {
                damaged(new InstanceId(job.vault(), job.instance()), job.recoveryPoint(), event.at());
            }
        }
    }

    @EventHandler
    void on(RestoreTestEnded event) {
        InstanceId instance = event.instance();
        switch (event.evidence().outcome()) {
            case NOT_RESTORABLE -> damaged(instance, event.recoveryPoint(), event.at());
            case CHECK_FAILED -> change(instance, facts -> facts.checked(Optional.of(event.at())));
            case PROVEN -> change(instance, facts -> proven(facts, event.recoveryPoint()));
        }
    }

    private void damaged(InstanceId instance, String point, Instant at) {
        change(instance, facts -> facts.damaged(Optional.of(new Damage(point, at, false))));
    }

    private static HealthFacts proven(HealthFacts facts, String point) {
        return facts.checked(Optional.empty())
                .damaged(facts.damage()
                        .filter(damage -> !damage.point().equals(point))
                        .map(damage -> new Damage(damage.point(), damage.since(), true)));
    }

    /// What is gone cannot be restored anyway.
    @EventHandler
    void on(RecoveryPointExpired event) {
        Optional<HealthRow> row = healths.find(event.instance().path());
        if (row.filter(it -> event.point().equals(it.damagedPoint())).isPresent()) {
            change(event, facts -> facts.damaged(Optional.empty()));
        }
    }

    @EventHandler
    void on(RestoreProofOverdueRaised event) {
        change(event.instance(), facts -> facts.proofOverdue(Optional.of(event.at())));
    }

    @EventHandler
    void on(RestoreProofOverdueResolved event) {
        change(event.instance(), facts -> facts.proofOverdue(Optional.empty()));
    }

    @ResetHandler
    void reset() {
        healths.clear();
    }

    private void change(InstanceEvent event, UnaryOperator<HealthFacts> change) {
        HealthRow row = row(event);
        healths.change(row.with(change.apply(row.facts())));
    }

    /// Jobs and tests may end after their instance.
    private void change(InstanceId instance, UnaryOperator<HealthFacts> change) {
        healths.change(instance.path(), row -> row.with(change.apply(row.facts())));
    }

    private HealthRow row(InstanceEvent event) {
        return healths.find(event.instance().path())
                .orElseThrow(() -> new IllegalStateException("no row for " + event.instance()));
    }

    private BackupSchedule scheduleOf(PolicyId policy) {
        return policies.find(policy.path())
                .map(PolicyRow::backupSchedule)
                .orElseThrow(() -> new IllegalStateException("no row for " + policy));
    }
}
