package io.diskvault.instance;

import io.diskvault.disk.DiskId;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionRule;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a backup instance.
public sealed interface InstanceCommand {
    InstanceId instance();

    /// Protects a disk: vault, policy, disk and snapshot resource group learn of it in the same transaction.
    record ConfigureProtection(
            InstanceId instance, DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup, Instant at)
            implements InstanceCommand {}

    /// The instance's own part of [ConfigureProtection].
    record StartProtection(
            @TargetAggregateIdentifier InstanceId instance,
            DiskId disk,
            PolicyId policy,
            ResourceGroupId snapshotGroup,
            Instant at)
            implements InstanceCommand {}

    /// Ends the protection and gives up all recovery points.
    record RemoveProtection(
            InstanceId instance, DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup, Instant at)
            implements InstanceCommand {}

    /// The instance's own part of [RemoveProtection]. Refused if the instance protects something else by now: the other
    /// streams would have let go of the wrong things.
    record EndProtection(
            @TargetAggregateIdentifier InstanceId instance,
            DiskId disk,
            PolicyId policy,
            ResourceGroupId snapshotGroup,
            Instant at)
            implements InstanceCommand {}

    /// Asks for a backup; if the instance agrees, its job is queued in the same transaction.
    ///
    /// @param job the id that the job will have
    /// @param slot the scheduled instant; empty for an on-demand backup
    /// @param retentionTag the tag chosen for an on-demand backup; empty for the default
    record RequestBackup(
            InstanceId instance, JobId job, Optional<Instant> slot, Optional<String> retentionTag, Instant at)
            implements InstanceCommand {}

    /// The instance's own part of [RequestBackup]. Answers whether a job is to be queued.
    record DecideBackup(
            @TargetAggregateIdentifier InstanceId instance,
            JobId job,
            Optional<Instant> slot,
            Optional<String> retentionTag,
            Instant at)
            implements InstanceCommand {}

    /// Slots that nobody was there to start in time, oldest first.
    record RecordMissedSlots(@TargetAggregateIdentifier InstanceId instance, List<Instant> slots, Instant at)
            implements InstanceCommand {}

    /// The datastore has committed a recovery point.
    ///
    /// @param rule how long it is kept
    /// @param policyVersion the version of the policy that the rule is from
    record RecordRecoveryPoint(
            @TargetAggregateIdentifier InstanceId instance,
            JobId job,
            RecoveryPointFacts point,
            RetentionRule rule,
            long policyVersion,
            Instant at)
            implements InstanceCommand {}

    /// A backup job has ended, one way or another.
    record EndBackup(@TargetAggregateIdentifier InstanceId instance, JobId job, String outcome, Instant at)
            implements InstanceCommand {}

    /// Lets go of the points whose time is up.
    record ExpireRecoveryPoints(@TargetAggregateIdentifier InstanceId instance, Instant at)
            implements InstanceCommand {}
}
