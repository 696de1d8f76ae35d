package io.diskvault.resourcegroup;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/// Orders to a resource group.
public sealed interface ResourceGroupCommand {
    ResourceGroupId group();

    /// @param disksRoot where its disks live; a real path that the server may use, checked by the caller
    /// @param datastore where its snapshots go; likewise
    record CreateResourceGroup(
            @TargetAggregateIdentifier ResourceGroupId group,
            @Nullable String disksRoot,
            @Nullable String datastore,
            Instant at)
            implements ResourceGroupCommand {}

    record DeleteResourceGroup(@TargetAggregateIdentifier ResourceGroupId group, Instant at)
            implements ResourceGroupCommand {}

    /// A disk comes into the group, or an instance whose snapshots go here. Part of the transaction that makes it.
    ///
    /// @param member the stream of the disk or instance
    record AddResourceGroupMember(@TargetAggregateIdentifier ResourceGroupId group, String member, Instant at)
            implements ResourceGroupCommand {}

    record RemoveResourceGroupMember(
            @TargetAggregateIdentifier ResourceGroupId group, String member, Instant at)
            implements ResourceGroupCommand {}
}
