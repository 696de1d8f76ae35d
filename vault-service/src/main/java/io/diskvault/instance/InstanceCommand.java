package io.diskvault.instance;

import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceEvent.MissKind;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobRetries;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionTag;
import io.diskvault.policy.RetentionTerms;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a backup instance.
public sealed interface InstanceCommand {
    InstanceId instance();

    /// Protects a disk: vault, policy, disk and snapshot resource group learn of it in the same transaction.
    record ConfigureProtection(
            InstanceId instance, DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup, Instant at)
            implements InstanceCommand {}

    /// Orders that move an instance from one state of its life to another.
    sealed interface LifeCommand extends InstanceCommand {}

    /// The instance's own part of [ConfigureProtection].
    record StartProtection(
            @TargetAggregateIdentifier InstanceId instance,
            DiskId disk,
            PolicyId policy,
            ResourceGroupId snapshotGroup,
            Instant at)
            implements LifeCommand {}

    /// Gives the instance another policy; both policies learn of it in the same transaction. Points that are there keep
    /// what they were stamped with.
    record ChangeInstancePolicy(InstanceId instance, PolicyId from, PolicyId to, Instant at)
            implements InstanceCommand {}

    /// The instance's own part of [ChangeInstancePolicy]. Refused if it has yet another policy by now.
    record SwitchPolicy(@TargetAggregateIdentifier InstanceId instance, PolicyId from, PolicyId to, Instant at)
            implements LifeCommand {}

    /// No more backups, and nothing expires.
    record StopProtection(@TargetAggregateIdentifier InstanceId instance, Instant at) implements LifeCommand {}

    /// No more backups; expiry goes on.
    record SuspendBackups(@TargetAggregateIdentifier InstanceId instance, Instant at) implements LifeCommand {}

    /// Backups and expiry go on. Takes the disk again, where a soft delete had let go of it.
    record ResumeProtection(InstanceId instance, DiskId disk, Instant at) implements InstanceCommand {}

    /// The instance's own part of [ResumeProtection].
    record ContinueProtection(@TargetAggregateIdentifier InstanceId instance, DiskId disk, Instant at)
            implements LifeCommand {}

    /// Deletes the instance as its vault says: softly, or at once with all recovery points.
    record DeleteInstance(InstanceId instance, DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup, Instant at)
            implements InstanceCommand {}

    /// The instance's own part of a soft [DeleteInstance]: everything is kept until it is purged.
    record MarkDeleted(@TargetAggregateIdentifier InstanceId instance, DiskId disk, Instant purgeTime, Instant at)
            implements InstanceCommand {}

    /// Takes a soft delete back. Protection is stopped then, because the disk may be protected elsewhere.
    record UndeleteInstance(InstanceId instance, Instant at) implements InstanceCommand {}

    /// The instance's own part of [UndeleteInstance].
    record RecallInstance(@TargetAggregateIdentifier InstanceId instance, Instant at) implements LifeCommand {}

    /// Refused if a recovery point is there whose time is not up: the instance's part of being deleted in an immutable
    /// vault.
    record RequireElapsed(@TargetAggregateIdentifier InstanceId instance, Instant at) implements InstanceCommand {}

    /// Ends a deleted instance for good and gives up all recovery points.
    record PurgeInstance(
            InstanceId instance,
            DiskId disk,
            PolicyId policy,
            ResourceGroupId snapshotGroup,
            Removal removal,
            Instant at)
            implements InstanceCommand {}

    /// The instance's own part of its end. Refused if the instance protects something else by now: the other streams
    /// would have let go of the wrong things.
    record EndProtection(
            @TargetAggregateIdentifier InstanceId instance,
            DiskId disk,
            PolicyId policy,
            ResourceGroupId snapshotGroup,
            Removal removal,
            Instant at)
            implements InstanceCommand {}

    /// On what an instance ends for good.
    enum Removal {
        /// It was deleted in a vault without soft delete.
        DELETE,
        /// Somebody wants it gone before its time.
        PURGE,
        /// Nobody undeleted it in time.
        PURGE_WHEN_DUE
    }

    /// Asks for a backup; if the instance agrees, its job is queued in the same transaction.
    ///
    /// @param job the id that the job will have
    /// @param slot the scheduled instant; empty for an on-demand backup
    /// @param decidedUntil up to where whoever found the slot due took slots for decided. If they are not, because
    ///     the clock was set back meanwhile, nothing is decided, or those in between would be forgotten
    /// @param retentionTag the tag chosen for an on-demand backup; empty for the default
    /// @param retries how the job is repeated if it fails
    record RequestBackup(
            InstanceId instance,
            JobId job,
            Optional<Instant> slot,
            Optional<Instant> decidedUntil,
            Optional<String> retentionTag,
            Optional<JobRetries> retries,
            Instant at)
            implements InstanceCommand {}

    /// Asks for a recovery point of what was written to an export; likewise.
    ///
    /// @param export that it was written to
    record RequestKeep(InstanceId instance, JobId job, UUID export, Optional<String> retentionTag, Instant at)
            implements InstanceCommand {}

    /// The instance's own part of [RequestBackup] and [RequestKeep]. Answers whether a job is to be queued.
    record DecideBackup(
            @TargetAggregateIdentifier InstanceId instance,
            JobId job,
            Optional<Instant> slot,
            Optional<Instant> decidedUntil,
            Optional<String> retentionTag,
            BackupLimits limits,
            Instant at)
            implements InstanceCommand {}

    /// Asks for a restore; if the instance agrees, its job is queued in the same transaction.
    record RequestRestore(InstanceId instance, JobId job, RestoreOrder order, Instant at) implements InstanceCommand {}

    /// Asks for a restore over a disk that is there. If the instance, the disk and the instance that the disk belongs
    /// to agree, its job is queued in the same transaction; until the job has ended nothing else touches the disk.
    ///
    /// @param protectedBy the instance that the disk belonged to when it was looked at
    record RequestOverwrite(
            InstanceId instance, JobId job, OverwriteOrder order, Optional<InstanceId> protectedBy, Instant at)
            implements InstanceCommand {}

    /// Lets go of the disk after a [RequestOverwrite] whose job has ended.
    record SettleOverwrite(InstanceId instance, JobId job, DiskId disk, Instant at) implements InstanceCommand {}

    /// The part of [RequestOverwrite] of the instance that the disk belongs to. Refused while a backup runs.
    record YieldToOverwrite(@TargetAggregateIdentifier InstanceId instance, JobId job, Instant at)
            implements InstanceCommand {}

    /// Its part of [SettleOverwrite].
    record ResumeAfterOverwrite(@TargetAggregateIdentifier InstanceId instance, JobId job, Instant at)
            implements InstanceCommand {}

    /// The instance's own part of [RequestRestore] and [RequestOverwrite]. Answers whether a job is to be queued.
    ///
    /// @param perDay how many restores a day of UTC may have
    record DecideRestore(
            @TargetAggregateIdentifier InstanceId instance, JobId job, String point, int perDay, Instant at)
            implements InstanceCommand {}

    /// Slots that will not be started any more.
    ///
    /// @param decidedUntil as for [RequestBackup]
    /// @param slots oldest first
    record RecordMissedSlots(
            @TargetAggregateIdentifier InstanceId instance,
            Instant decidedUntil,
            List<Instant> slots,
            MissKind kind,
            Instant at)
            implements InstanceCommand {}

    /// The clock was ahead and is right now: slots that have not come yet are to be decided when they do. Nothing
    /// happens if none was decided too early.
    record ReopenSlots(@TargetAggregateIdentifier InstanceId instance, Instant at) implements InstanceCommand {}

    /// The datastore has committed a recovery point.
    ///
    /// @param terms what the policy says about keeping it
    /// @param chosenTag the tag chosen for an on-demand backup; empty for the default
    record RecordRecoveryPoint(
            @TargetAggregateIdentifier InstanceId instance,
            JobId job,
            RecoveryPointFacts point,
            RetentionTerms terms,
            Optional<RetentionTag> chosenTag,
            Instant at)
            implements InstanceCommand {}

    /// A backup job has ended, one way or another.
    record EndBackup(@TargetAggregateIdentifier InstanceId instance, JobId job, String outcome, Instant at)
            implements InstanceCommand {}

    /// Nothing lets go of a recovery point until the hold is released.
    ///
    /// @param reason for people, who will ask for it
    record SetLegalHold(@TargetAggregateIdentifier InstanceId instance, String point, String reason, Instant at)
            implements InstanceCommand {}

    record ReleaseLegalHold(@TargetAggregateIdentifier InstanceId instance, String point, Instant at)
            implements InstanceCommand {}

    /// Nothing lets go of a recovery point until the export of it has ended. Refused if the instance is deleted.
    record HoldForExport(@TargetAggregateIdentifier InstanceId instance, String point, UUID export, Instant at)
            implements InstanceCommand {}

    /// An export has ended; nothing happens if its instance or its point is not there any more.
    record ReleaseExported(@TargetAggregateIdentifier InstanceId instance, String point, UUID export, Instant at)
            implements InstanceCommand {}

    /// Answers the [Standing] of an instant and changes nothing.
    record AskStanding(@TargetAggregateIdentifier InstanceId instance, Instant at) implements InstanceCommand {}

    /// Answers the [ExpiryPlan] of an instant and changes nothing.
    record PlanExpiry(@TargetAggregateIdentifier InstanceId instance, Instant at) implements InstanceCommand {}

    /// Lets go of the points whose time is up.
    record ExpireRecoveryPoints(@TargetAggregateIdentifier InstanceId instance, Instant at)
            implements InstanceCommand {}
}
