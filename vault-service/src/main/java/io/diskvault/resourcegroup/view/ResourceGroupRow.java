package io.diskvault.resourcegroup.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One resource group as people see it.
///
/// @param disksRoot where its disks live; null if it is for snapshots only
/// @param datastore where its snapshots go; null if it is for disks only
@MappedEntity("resource_group")
public record ResourceGroupRow(
        @Id String name,
        @Nullable String disksRoot,
        @Nullable String datastore,
        Instant createdAt) {}
