package io.diskvault.instance;

import io.diskvault.disk.DiskId;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Instant;
import java.util.Optional;

/// An instance as the scheduler and the restores see it.
///
/// @param protectedSince slots up to this instant never concerned it
/// @param lastSlot the latest slot that was decided, in whatever way
public record ProtectedInstance(
        InstanceId instance,
        DiskId disk,
        PolicyId policy,
        ResourceGroupId snapshotGroup,
        ProtectionState state,
        Instant protectedSince,
        Optional<Instant> lastSlot) {}
