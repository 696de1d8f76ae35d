package io.diskvault.instance;

import io.diskvault.disk.DiskId;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionRule;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What happened to a backup instance; stored for ever.
public sealed interface InstanceEvent {
    InstanceId instance();

    Instant at();

    /// What moves an instance from one state of its life to another.
    sealed interface LifeEvent extends InstanceEvent {}

    record ProtectionConfigured(
            InstanceId instance, DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup, Instant at)
            implements LifeEvent {}

    record PolicySwitched(InstanceId instance, PolicyId from, PolicyId to, Instant at) implements LifeEvent {}

    record ProtectionStopped(InstanceId instance, Instant at) implements LifeEvent {}

    record BackupsSuspended(InstanceId instance, Instant at) implements LifeEvent {}

    record ProtectionResumed(InstanceId instance, Instant at) implements LifeEvent {}

    /// @param purgeTime from when on the instance may be ended for good
    record InstanceSoftDeleted(InstanceId instance, Instant purgeTime, Instant at) implements LifeEvent {}

    record InstanceUndeleted(InstanceId instance, Instant at) implements LifeEvent {}

    /// The instance is gone for good; its name may be used again.
    record ProtectionRemoved(InstanceId instance, Instant at) implements LifeEvent {}

    record LegalHoldSet(InstanceId instance, String point, String reason, Instant at) implements InstanceEvent {}

    record LegalHoldReleased(InstanceId instance, String point, Instant at) implements InstanceEvent {}

    /// The point stays as long as it is exported, whatever its time.
    ///
    /// @param exports how many exports it has now
    record PointExported(InstanceId instance, String point, UUID export, int exports, Instant at)
            implements InstanceEvent {}

    /// @param exports how many it still has
    record PointExportEnded(InstanceId instance, String point, UUID export, int exports, Instant at)
            implements InstanceEvent {}

    record BackupRequested(
            InstanceId instance, JobId job, Optional<Instant> slot, Optional<String> retentionTag, Instant at)
            implements InstanceEvent {}

    record RestoreRequested(InstanceId instance, JobId job, String point, Instant at) implements InstanceEvent {}

    /// A restore writes over the disk; no backup starts until it has ended.
    record DiskOverwriteStarted(InstanceId instance, JobId job, Instant at) implements InstanceEvent {}

    record DiskOverwriteEnded(InstanceId instance, JobId job, Instant at) implements InstanceEvent {}

    record BackupSlotSkipped(InstanceId instance, Instant slot, SkipReason reason, Instant at)
            implements InstanceEvent {}

    /// @param slots oldest first
    record BackupSlotsMissed(InstanceId instance, List<Instant> slots, MissKind kind, Instant at)
            implements InstanceEvent {
        public BackupSlotsMissed {
            slots = List.copyOf(slots);
        }
    }

    /// The clock had been ahead: what was decided about slots later than `at` does not count any more, except that a
    /// slot whose backup was requested has had its run.
    record BackupSlotsReopened(InstanceId instance, Instant at) implements InstanceEvent {}

    record BackupEnded(InstanceId instance, JobId job, String outcome, Instant at) implements InstanceEvent {}

    /// What decides how long the point is kept is stamped here and never changes for it.
    ///
    /// @param rule as it stood in the policy's version when the backup succeeded
    /// @param tagPriority of the rule's tag: those with a higher number that matched, too, were passed over
    /// @param timeZone whose calendar counted
    /// @param expiryTime when the point may go; the newest of an instance stays all the same
    record RecoveryPointCreated(
            InstanceId instance,
            JobId job,
            RecoveryPointFacts point,
            RetentionRule rule,
            int tagPriority,
            PolicyId policy,
            long policyVersion,
            ZoneId timeZone,
            Instant expiryTime,
            Instant at)
            implements InstanceEvent {}

    /// @param snapshotGroup where the point's data is
    /// @param keptBy what kept it beyond its time
    record RecoveryPointExpired(
            InstanceId instance,
            String point,
            ResourceGroupId snapshotGroup,
            ExpiryReason reason,
            RetentionRule rule,
            long policyVersion,
            Instant expiryTime,
            List<KeepReason> keptBy,
            Instant at)
            implements InstanceEvent {
        public RecoveryPointExpired {
            keptBy = List.copyOf(keptBy);
        }
    }

    /// Why slots passed without a backup.
    enum MissKind {
        /// Nobody was there to start it while its start window lasted.
        MISSED,
        /// It could still have been started, but so could a newer one, which was.
        COALESCED
    }

    /// Why a slot did not become a backup although somebody was there to start it.
    enum SkipReason {
        STILL_RUNNING,
        DISK_BEING_RESTORED,
        PROTECTION_STOPPED,
        BACKUPS_SUSPENDED,
        MAX_RECOVERY_POINTS_REACHED
    }

    /// Why a recovery point was given up.
    enum ExpiryReason {
        RETENTION_ELAPSED,
        INSTANCE_DELETED,
        INSTANCE_PURGED
    }
}
