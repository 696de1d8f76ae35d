package io.diskvault.instance.view;

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
        @Nullable Instant latestPointTime) {}
