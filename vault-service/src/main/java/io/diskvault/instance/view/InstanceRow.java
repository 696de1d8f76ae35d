package io.diskvault.instance.view;

import io.diskvault.instance.ProtectionState;
import io.diskvault.policy.PolicyId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One backup instance as people see it.
///
/// @param id `vault/name`
/// @param disk `resourceGroup/name`
/// @param policy `vault/name`
/// @param policySince when it came to its policy from another one; null if it never followed another
/// @param protectionState as [io.diskvault.instance.ProtectionState] writes it
/// @param deletedTime when it was deleted; it can be undeleted until it is purged
/// @param purgeTime when it is purged, if it is deleted
/// @param lastSlot slots up to this instant are decided
/// @param runningJob the backup that is queued or running
/// @param latestPoint the newest recovery point
@MappedEntity("backup_instance")
public record InstanceRow(
        @Id String id,
        String vault,
        String name,
        String disk,
        String policy,
        @Nullable Instant policySince,
        String snapshotGroup,
        String protectionState,
        @Nullable Instant deletedTime,
        @Nullable Instant purgeTime,
        Instant protectedSince,
        @Nullable Instant lastSlot,
        @Nullable String runningJob,
        @Nullable String latestPoint,
        @Nullable Instant latestPointTime) {
    InstanceRow in(ProtectionState state, @Nullable Instant deleted, @Nullable Instant purge) {
        return new InstanceRow(
                id,
                vault,
                name,
                disk,
                policy,
                policySince,
                snapshotGroup,
                state.text(),
                deleted,
                purge,
                protectedSince,
                lastSlot,
                runningJob,
                latestPoint,
                latestPointTime);
    }

    InstanceRow following(PolicyId next, Instant since) {
        return new InstanceRow(
                id,
                vault,
                name,
                disk,
                next.path(),
                since,
                snapshotGroup,
                protectionState,
                deletedTime,
                purgeTime,
                protectedSince,
                lastSlot,
                runningJob,
                latestPoint,
                latestPointTime);
    }

    InstanceRow decidedUntil(Instant slot) {
        return new InstanceRow(
                id,
                vault,
                name,
                disk,
                policy,
                policySince,
                snapshotGroup,
                protectionState,
                deletedTime,
                purgeTime,
                protectedSince,
                slot,
                runningJob,
                latestPoint,
                latestPointTime);
    }

    /// Slots up to an instant are no concern of the instance, unless later ones are decided already.
    InstanceRow passingSlots(Instant until) {
        return lastSlot == null || lastSlot.isBefore(until) ? decidedUntil(until) : this;
    }

    /// An instance that was protected, or given its policy, while the clock was ahead has been since now.
    InstanceRow reopened(Instant at) {
        return new InstanceRow(
                id,
                vault,
                name,
                disk,
                policy,
                earlier(policySince, at),
                snapshotGroup,
                protectionState,
                deletedTime,
                purgeTime,
                protectedSince.isAfter(at) ? at : protectedSince,
                earlier(lastSlot, at),
                runningJob,
                latestPoint,
                latestPointTime);
    }

    private static @Nullable Instant earlier(@Nullable Instant time, Instant at) {
        return time != null && time.isAfter(at) ? at : time;
    }

    InstanceRow running(@Nullable String job) {
        return new InstanceRow(
                id,
                vault,
                name,
                disk,
                policy,
                policySince,
                snapshotGroup,
                protectionState,
                deletedTime,
                purgeTime,
                protectedSince,
                lastSlot,
                job,
                latestPoint,
                latestPointTime);
    }

    /// A point that is older than the newest changes nothing.
    InstanceRow withPoint(String point, Instant time) {
        if (latestPointTime != null && latestPointTime.isAfter(time)) {
            return this;
        }
        return new InstanceRow(
                id,
                vault,
                name,
                disk,
                policy,
                policySince,
                snapshotGroup,
                protectionState,
                deletedTime,
                purgeTime,
                protectedSince,
                lastSlot,
                runningJob,
                point,
                time);
    }
}
