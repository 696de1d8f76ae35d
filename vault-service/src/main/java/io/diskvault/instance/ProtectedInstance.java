package io.diskvault.instance;

import io.diskvault.disk.DiskId;
import io.diskvault.policy.PolicyId;
import io.diskvault.resourcegroup.ResourceGroupId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// An instance as the scheduler and the restores see it.
///
/// @param protectedSince slots up to this instant never concerned it
/// @param lastSlot slots up to this instant are decided, in whatever way
public record ProtectedInstance(
        InstanceId instance,
        DiskId disk,
        PolicyId policy,
        ResourceGroupId snapshotGroup,
        ProtectionState state,
        Instant protectedSince,
        Optional<Instant> lastSlot) {
    /// How far a clock may be from another node's, or from itself a moment ago, without anything being made of it.
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /// Slots up to this instant are decided or never concerned the instance.
    public Instant decidedUntil() {
        return lastSlot.filter(slot -> slot.isAfter(protectedSince)).orElse(protectedSince);
    }
}
