package io.diskvault.resourcegroup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happened to a resource group; stored for ever.
public sealed interface ResourceGroupEvent {
    ResourceGroupId group();

    record ResourceGroupCreated(
            ResourceGroupId group,
            @Nullable String disksRoot,
            @Nullable String datastore,
            Instant at) implements ResourceGroupEvent {}

    record ResourceGroupDeleted(ResourceGroupId group, Instant at) implements ResourceGroupEvent {}

    record ResourceGroupMemberAdded(ResourceGroupId group, String member, Instant at) implements ResourceGroupEvent {}

    record ResourceGroupMemberRemoved(ResourceGroupId group, String member, Instant at) implements ResourceGroupEvent {}
}
