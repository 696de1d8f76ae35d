package io.diskvault.instance;

import io.diskvault.disk.DiskId;
import io.diskvault.job.JobId;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.RetentionRule;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happened to a backup instance; stored for ever.
public sealed interface InstanceEvent {
    InstanceId instance();

    Instant at();

    record ProtectionConfigured(
            InstanceId instance, DiskId disk, PolicyId policy, ResourceGroupId snapshotGroup, Instant at)
            implements InstanceEvent {}

    record ProtectionRemoved(InstanceId instance, Instant at) implements InstanceEvent {}

    record BackupRequested(
            InstanceId instance, JobId job, Optional<Instant> slot, Optional<String> retentionTag, Instant at)
            implements InstanceEvent {}

    record BackupSlotSkipped(InstanceId instance, Instant slot, SkipReason reason, Instant at)
            implements InstanceEvent {}

    record BackupSlotsMissed(InstanceId instance, List<Instant> slots, Instant at) implements InstanceEvent {
        public BackupSlotsMissed {
            slots = List.copyOf(slots);
        }
    }

    record BackupEnded(InstanceId instance, JobId job, String outcome, Instant at) implements InstanceEvent {}

    /// @param rule as it stood in the policy's version when the backup succeeded; it never changes for this point
    /// @param expiryTime when the point may go; the newest of an instance stays all the same
    record RecoveryPointCreated(
            InstanceId instance,
            JobId job,
            RecoveryPointFacts point,
            RetentionRule rule,
            long policyVersion,
            Instant expiryTime,
            Instant at)
            implements InstanceEvent {}

    /// @param snapshotGroup where the point's data is
    /// @param keptAsNewest whether it outlived its time because no newer point existed
    record RecoveryPointExpired(
            InstanceId instance,
            String point,
            ResourceGroupId snapshotGroup,
            ExpiryReason reason,
            RetentionRule rule,
            long policyVersion,
            Instant expiryTime,
            boolean keptAsNewest,
            Instant at)
            implements InstanceEvent {}

    /// Why a slot did not become a backup although somebody was there to start it.
    enum SkipReason {
        STILL_RUNNING
    }

    /// Why a recovery point was given up.
    enum ExpiryReason {
        RETENTION_ELAPSED,
        INSTANCE_DELETED
    }
}
