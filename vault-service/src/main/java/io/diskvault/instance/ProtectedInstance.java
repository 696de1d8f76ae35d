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
/// @param policySince when it came to its policy from another one
public record ProtectedInstance(
        InstanceId instance,
        DiskId disk,
        PolicyId policy,
        ResourceGroupId snapshotGroup,
        ProtectionState state,
        Instant protectedSince,
        Optional<Instant> lastSlot,
        Optional<Instant> policySince) {
    /// How far a clock may be from another node's, or from itself a moment ago, without anything being made of it.
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /// Slots up to this instant are decided or never concerned the instance.
    public Instant decidedUntil() {
        return lastSlot.filter(slot -> slot.isAfter(protectedSince)).orElse(protectedSince);
    }

    /// Whether something happened to its slots at what has not come yet by the clock as it is now.
    public boolean isAheadOf(Instant now) {
        return decidedUntil().isAfter(now)
                || policySince
                        .filter(since -> since.isAfter(now.plus(CLOCK_TOLERANCE)))
                        .isPresent();
    }

    /// Whether slots that follow from a former policy may be undecided.
    public boolean awaitsFormerPolicy() {
        return policySince.filter(since -> since.isAfter(decidedUntil())).isPresent();
    }
}
