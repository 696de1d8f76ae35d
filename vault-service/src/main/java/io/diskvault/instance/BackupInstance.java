package io.diskvault.instance;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.instance.InstanceCommand.AskStanding;
import io.diskvault.instance.InstanceCommand.ContinueProtection;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.DecideRestore;
import io.diskvault.instance.InstanceCommand.EndBackup;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.HoldForExport;
import io.diskvault.instance.InstanceCommand.LifeCommand;
import io.diskvault.instance.InstanceCommand.MarkDeleted;
import io.diskvault.instance.InstanceCommand.PlanExpiry;
import io.diskvault.instance.InstanceCommand.RecallInstance;
import io.diskvault.instance.InstanceCommand.RecordMissedSlots;
import io.diskvault.instance.InstanceCommand.RecordRecoveryPoint;
import io.diskvault.instance.InstanceCommand.ReleaseExported;
import io.diskvault.instance.InstanceCommand.ReleaseLegalHold;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.ReopenSlots;
import io.diskvault.instance.InstanceCommand.RequireElapsed;
import io.diskvault.instance.InstanceCommand.ResumeAfterOverwrite;
import io.diskvault.instance.InstanceCommand.SetLegalHold;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.StopProtection;
import io.diskvault.instance.InstanceCommand.SuspendBackups;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import io.diskvault.instance.InstanceCommand.YieldToOverwrite;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.BackupSlotsReopened;
import io.diskvault.instance.InstanceEvent.BackupsSuspended;
import io.diskvault.instance.InstanceEvent.DiskOverwriteEnded;
import io.diskvault.instance.InstanceEvent.DiskOverwriteStarted;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.InstanceEvent.InstanceSoftDeleted;
import io.diskvault.instance.InstanceEvent.InstanceUndeleted;
import io.diskvault.instance.InstanceEvent.LegalHoldReleased;
import io.diskvault.instance.InstanceEvent.LegalHoldSet;
import io.diskvault.instance.InstanceEvent.LifeEvent;
import io.diskvault.instance.InstanceEvent.PointExportEnded;
import io.diskvault.instance.InstanceEvent.PointExported;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.ProtectionResumed;
import io.diskvault.instance.InstanceEvent.ProtectionStopped;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.InstanceEvent.RestoreRequested;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// Decides about one protected disk: each slot once, one backup at a time, and no point given up before its time or
/// while it is the newest.
@AggregateRoot(type = "BackupInstance")
final class BackupInstance {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable InstanceId id;

    @JsonProperty
    private final InstanceLife life = new InstanceLife();

    @JsonProperty
    private final DecidedSlots slots = new DecidedSlots();

    @JsonProperty
    private final BackupHistory backups = new BackupHistory();

    @JsonProperty
    private final RestoreHistory restores = new RestoreHistory();

    @JsonProperty
    private final LivePoints points = new LivePoints();

    @JsonProperty
    private final Tagging tagging = new Tagging();

    BackupInstance() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StartProtection command) {
        live(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SwitchPolicy command) {
        live(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StopProtection command) {
        live(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SuspendBackups command) {
        live(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ContinueProtection command) {
        live(command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecallInstance command) {
        live(command);
    }

    private void live(LifeCommand command) {
        life.decide(command).ifPresent(AggregateLifecycle::apply);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(MarkDeleted command) {
        Optional<LifeEvent> deleted = life.markDeleted(command);
        if (deleted.isPresent()) {
            requireNoBackup(command.instance());
            points.requireNoneHeld(command.instance());
            points.requireNoneExported(command.instance());
            apply(deleted.get());
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RequireElapsed command) {
        points.requireElapsed(command.instance(), command.at());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndProtection command) {
        life.requireRemovable(command);
        requireNoBackup(command.instance());
        points.requireNoneHeld(command.instance());
        points.requireNoneExported(command.instance());
        ExpiryReason reason =
                command.removal() == Removal.DELETE ? ExpiryReason.INSTANCE_DELETED : ExpiryReason.INSTANCE_PURGED;
        List.copyOf(points.all()).forEach(point -> expire(command.instance(), point, reason, List.of(), command.at()));
        apply(new ProtectionRemoved(command.instance(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(DecideBackup command) {
        life.present(command.instance());
        Instant slot = command.slot().orElse(null);
        if (backups.knows(command.job()) || (slot != null && slots.include(slot)) || !follows(command)) {
            return false;
        }
        BackupAdmission admission = new BackupAdmission(life.state(), backups, points);
        Optional<SkipReason> obstacle = admission.obstacle(command);
        if (obstacle.isEmpty()) {
            admission.requireLeftToday(command);
            apply(new BackupRequested(
                    command.instance(), command.job(), command.slot(), command.retentionTag(), command.at()));
            return true;
        }
        if (slot == null) {
            throw admission.refusal(command, obstacle.get());
        }
        apply(new BackupSlotSkipped(command.instance(), slot, obstacle.get(), command.at()));
        return false;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(DecideRestore command) {
        life.present(command.instance());
        Optional<RestoreRequested> requested = restores.decide(command, points);
        requested.ifPresent(AggregateLifecycle::apply);
        return requested.isPresent();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(YieldToOverwrite command) {
        life.known(command.instance());
        if (!command.job().equals(backups.overwriting())) {
            requireNoBackup(command.instance());
            apply(new DiskOverwriteStarted(command.instance(), command.job(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ResumeAfterOverwrite command) {
        if (command.job().equals(backups.overwriting())) {
            apply(new DiskOverwriteEnded(command.instance(), command.job(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordMissedSlots command) {
        life.known(command.instance());
        if (!slots.reach(command.decidedUntil())) {
            return; // the clock was set back meanwhile; those in between would be forgotten
        }
        List<Instant> undecided =
                command.slots().stream().filter(slot -> !slots.include(slot)).toList();
        Optional<SkipReason> halted = new BackupAdmission(life.state(), backups, points).halted();
        if (halted.isPresent()) {
            undecided.forEach(
                    slot -> apply(new BackupSlotSkipped(command.instance(), slot, halted.get(), command.at())));
        } else if (!undecided.isEmpty()) {
            apply(new BackupSlotsMissed(command.instance(), undecided, command.kind(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReopenSlots command) {
        life.known(command.instance());
        if (slots.areAheadOf(command.at())) {
            apply(new BackupSlotsReopened(command.instance(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordRecoveryPoint command) {
        life.known(command.instance());
        if (!points.wasCreated(command.point().id())) {
            requireRequested(command);
            apply(created(command, tagging.ruleFor(command)));
        }
    }

    private static RecoveryPointCreated created(RecordRecoveryPoint command, RetentionRule rule) {
        RetentionTerms terms = command.terms();
        return new RecoveryPointCreated(
                command.instance(),
                command.job(),
                command.point(),
                rule,
                rule.tag().priority(),
                terms.policy(),
                terms.policyVersion(),
                terms.zone(),
                rule.duration().after(command.point().snapshotTime(), terms.zone()),
                command.at());
    }

    /// A worker that stalled for long may come back after the instance was deleted and made anew; its point is of
    /// another disk, or in another datastore.
    private void requireRequested(RecordRecoveryPoint command) {
        if (!backups.knows(command.job())) {
            throw new CommandRejected(
                    InstanceRejection.BACKUP_NOT_REQUESTED,
                    "The backup instance '%s' did not ask for the job %s."
                            .formatted(command.instance().path(), command.job().text()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndBackup command) {
        if (command.job().equals(backups.running())) {
            apply(new BackupEnded(command.instance(), command.job(), command.outcome(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SetLegalHold command) {
        life.known(command.instance());
        points.hold(command).ifPresent(AggregateLifecycle::apply);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReleaseLegalHold command) {
        life.known(command.instance());
        points.release(command).ifPresent(AggregateLifecycle::apply);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(HoldForExport command) {
        life.present(command.instance());
        points.holdForExport(command).ifPresent(AggregateLifecycle::apply);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReleaseExported command) {
        points.releaseExported(command).ifPresent(AggregateLifecycle::apply);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Standing handle(AskStanding command) {
        return Standing.of(life, points, command);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    ExpiryPlan handle(PlanExpiry command) {
        life.known(command.instance());
        return planAt(command.at());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ExpireRecoveryPoints command) {
        if (life.exists()) {
            for (ExpiryPlan.Entry entry : planAt(command.at()).expiring()) {
                LivePoint point = points.get(command.instance(), entry.point());
                expire(command.instance(), point, ExpiryReason.RETENTION_ELAPSED, entry.keptBy(), command.at());
            }
        }
    }

    private ExpiryPlan planAt(Instant instant) {
        return ExpiryPlan.of(points.all(), life.state(), life.expiryResumedAt(), instant);
    }

    private void expire(
            InstanceId instance, LivePoint point, ExpiryReason reason, List<KeepReason> keptBy, Instant at) {
        apply(new RecoveryPointExpired(
                instance,
                point.id(),
                life.known(instance).snapshotGroup(),
                reason,
                point.rule(),
                point.policyVersion(),
                point.expiryTime(),
                keptBy,
                at));
    }

    private void requireNoBackup(InstanceId instance) {
        if (backups.running() != null) {
            throw InstanceRejection.stillRunning(instance, backups.running());
        }
    }

    private boolean follows(DecideBackup command) {
        return command.decidedUntil().map(slots::reach).orElse(true);
    }

    @EventSourcingHandler
    void on(LifeEvent event) {
        id = event.instance();
        life.on(event);
        switch (event) {
            case ProtectionConfigured _ -> {
                slots.startAnew(event.at());
                backups.startAnew();
                tagging.startAnew();
            }
            case PolicySwitched _ -> slots.policySwitched(event.at());
            // The slots before were those of an instance that was deleted.
            case InstanceUndeleted _ -> passSlots(event.at());
            case ProtectionStopped _,
                    BackupsSuspended _,
                    ProtectionResumed _,
                    InstanceSoftDeleted _,
                    ProtectionRemoved _ -> {}
        }
    }

    private void passSlots(Instant until) {
        if (!slots.include(until)) {
            slots.extendTo(until);
        }
    }

    @EventSourcingHandler
    void on(LegalHoldSet event) {
        points.held(event);
    }

    @EventSourcingHandler
    void on(LegalHoldReleased event) {
        points.released(event);
    }

    @EventSourcingHandler
    void on(PointExported event) {
        points.exported(event);
    }

    @EventSourcingHandler
    void on(PointExportEnded event) {
        points.exportEnded(event);
    }

    @EventSourcingHandler
    void on(BackupRequested event) {
        backups.requested(event.job(), event.slot().isPresent(), event.at());
        event.slot().ifPresent(slots::extendTo);
    }

    @EventSourcingHandler
    void on(RestoreRequested event) {
        restores.requested(event);
    }

    @EventSourcingHandler
    void on(DiskOverwriteStarted event) {
        backups.overwriteStarted(event.job());
    }

    @EventSourcingHandler
    void on(DiskOverwriteEnded event) {
        backups.overwriteEnded();
    }

    @EventSourcingHandler
    void on(BackupSlotSkipped event) {
        slots.extendTo(event.slot());
    }

    @EventSourcingHandler
    void on(BackupSlotsMissed event) {
        slots.extendTo(event.slots().getLast());
    }

    @EventSourcingHandler
    void on(BackupSlotsReopened event) {
        slots.reopenAfter(event.at());
    }

    @EventSourcingHandler
    void on(BackupEnded event) {
        backups.ended();
    }

    @EventSourcingHandler
    void on(RecoveryPointCreated event) {
        points.created(event);
        tagging.created(event);
    }

    @EventSourcingHandler
    void on(RecoveryPointExpired event) {
        points.expired(event.point());
    }
}
