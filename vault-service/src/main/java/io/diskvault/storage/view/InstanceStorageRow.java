package io.diskvault.storage.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import org.jspecify.annotations.Nullable;

/// What the live recovery points of one instance take.
///
/// @param instanceId `vault/name`
/// @param oldestPoint which counts its used size; the others count their change
/// @param logicalBytes the size of the disk when the newest was made
@MappedEntity("instance_storage")
public record InstanceStorageRow(
        @Id String instanceId,
        String vault,
        String snapshotGroup,
        @Nullable String oldestPoint,
        long logicalBytes,
        long usedBytes,
        long storedBytes) {}
