package io.diskvault.instance;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.EndBackup;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.instance.InstanceCommand.RecordMissedSlots;
import io.diskvault.instance.InstanceCommand.RecordRecoveryPoint;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceEvent.BackupEnded;
import io.diskvault.instance.InstanceEvent.BackupRequested;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.BackupSlotsMissed;
import io.diskvault.instance.InstanceEvent.ExpiryReason;
import io.diskvault.instance.InstanceEvent.ProtectionConfigured;
import io.diskvault.instance.InstanceEvent.ProtectionRemoved;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
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

    /// What is protected and how; null while there is no such instance.
    @JsonProperty
    private @Nullable ProtectionConfigured protection;

    /// The latest slot that was decided, in whatever way.
    @JsonProperty
    private @Nullable Instant lastSlot;

    @JsonProperty
    private final BackupHistory backups = new BackupHistory();

    @JsonProperty
    private final LivePoints points = new LivePoints();

    BackupInstance() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StartProtection command) {
        if (protection == null) {
            apply(new ProtectionConfigured(
                    command.instance(), command.disk(), command.policy(), command.snapshotGroup(), command.at()));
        } else if (!protects(protection, command.disk(), command.policy(), command.snapshotGroup())) {
            throw new CommandRejected(
                    InstanceRejection.INSTANCE_EXISTS,
                    "The backup instance '%s' protects the disk '%s' by the policy '%s' into '%s' already."
                            .formatted(
                                    command.instance().path(),
                                    protection.disk().path(),
                                    protection.policy().path(),
                                    protection.snapshotGroup().name()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndProtection command) {
        ProtectionConfigured ended = protectionOf(command.instance());
        if (!protects(ended, command.disk(), command.policy(), command.snapshotGroup())) {
            throw new CommandRejected(
                    GeneralRejection.CONCURRENT_CHANGE,
                    "The backup instance '%s' was made anew meanwhile."
                            .formatted(command.instance().path()));
        }
        if (backups.running() != null) {
            throw stillRunning(command.instance());
        }
        for (LivePoints.LivePoint point : List.copyOf(points.all())) {
            apply(expired(ended, point, ExpiryReason.INSTANCE_DELETED, false, command.at()));
        }
        apply(new ProtectionRemoved(command.instance(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    boolean handle(DecideBackup command) {
        protectionOf(command.instance());
        Instant slot = command.slot().orElse(null);
        if (backups.knows(command.job()) || (slot != null && isDecided(slot))) {
            return false;
        }
        if (backups.running() == null) {
            apply(new BackupRequested(
                    command.instance(), command.job(), command.slot(), command.retentionTag(), command.at()));
            return true;
        }
        if (slot == null) {
            throw stillRunning(command.instance());
        }
        apply(new BackupSlotSkipped(command.instance(), slot, SkipReason.STILL_RUNNING, command.at()));
        return false;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordMissedSlots command) {
        protectionOf(command.instance());
        List<Instant> undecided =
                command.slots().stream().filter(slot -> !isDecided(slot)).toList();
        if (!undecided.isEmpty()) {
            apply(new BackupSlotsMissed(command.instance(), undecided, command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordRecoveryPoint command) {
        protectionOf(command.instance());
        if (!points.wasCreated(command.point().id())) {
            requireRequested(command);
            Instant expiryTime = command.rule().duration().after(command.point().snapshotTime());
            apply(new RecoveryPointCreated(
                    command.instance(),
                    command.job(),
                    command.point(),
                    command.rule(),
                    command.policyVersion(),
                    expiryTime,
                    command.at()));
        }
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
    void handle(ExpireRecoveryPoints command) {
        if (protection != null) {
            ProtectionConfigured current = protection;
            points.elapsedAt(command.at())
                    .forEach(point -> apply(expired(
                            current,
                            point,
                            ExpiryReason.RETENTION_ELAPSED,
                            points.outlivedAsNewest(point),
                            command.at())));
        }
    }

    private static boolean protects(
            ProtectionConfigured protection, DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup) {
        return protection.disk().equals(disk)
                && protection.policy().equals(policy)
                && protection.snapshotGroup().equals(snapshotGroup);
    }

    private static RecoveryPointExpired expired(
            ProtectionConfigured protection,
            LivePoints.LivePoint point,
            ExpiryReason reason,
            boolean keptAsNewest,
            Instant at) {
        return new RecoveryPointExpired(
                protection.instance(),
                point.id(),
                protection.snapshotGroup(),
                reason,
                point.rule(),
                point.policyVersion(),
                point.expiryTime(),
                keptAsNewest,
                at);
    }

    private ProtectionConfigured protectionOf(InstanceId instance) {
        if (protection == null) {
            throw InstanceRejection.notFound(instance);
        }
        return protection;
    }

    private boolean isDecided(Instant slot) {
        return lastSlot != null && !slot.isAfter(lastSlot);
    }

    private CommandRejected stillRunning(InstanceId instance) {
        return new CommandRejected(
                InstanceRejection.BACKUP_RUNNING,
                "A backup of '%s' is queued or running: job %s."
                        .formatted(
                                instance.path(),
                                backups.running() == null
                                        ? ""
                                        : backups.running().text()));
    }

    @EventSourcingHandler
    void on(ProtectionConfigured event) {
        id = event.instance();
        protection = event;
        lastSlot = null;
        backups.startAnew();
    }

    @EventSourcingHandler
    void on(ProtectionRemoved event) {
        protection = null;
    }

    @EventSourcingHandler
    void on(BackupRequested event) {
        backups.requested(event.job());
        event.slot().ifPresent(slot -> lastSlot = slot);
    }

    @EventSourcingHandler
    void on(BackupSlotSkipped event) {
        lastSlot = event.slot();
    }

    @EventSourcingHandler
    void on(BackupSlotsMissed event) {
        lastSlot = event.slots().getLast();
    }

    @EventSourcingHandler
    void on(BackupEnded event) {
        backups.ended();
    }

    @EventSourcingHandler
    void on(RecoveryPointCreated event) {
        points.created(event);
    }

    @EventSourcingHandler
    void on(RecoveryPointExpired event) {
        points.expired(event.point());
    }
}
