package io.diskvault.resourcegroup;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.resourcegroup.ResourceGroupCommand.AddResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupCommand.CreateResourceGroup;
import io.diskvault.resourcegroup.ResourceGroupCommand.DeleteResourceGroup;
import io.diskvault.resourcegroup.ResourceGroupCommand.RemoveResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupCreated;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupDeleted;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupMemberAdded;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupMemberRemoved;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A resource group knows its disks and the instances whose snapshots it keeps, so that it cannot be deleted under
/// them. Its directories never change: a disk's path would mean another disk from then on. A deleted group's name may
/// be used again; the stream then goes on.
@AggregateRoot(type = "ResourceGroup")
final class ResourceGroup {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable ResourceGroupId id;

    @JsonProperty
    private boolean exists;

    @JsonProperty
    private @Nullable String disksRoot;

    @JsonProperty
    private @Nullable String datastore;

    @JsonProperty
    private final Set<String> members = new LinkedHashSet<>();

    ResourceGroup() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateResourceGroup command) {
        if (!exists) {
            apply(new ResourceGroupCreated(command.group(), command.disksRoot(), command.datastore(), command.at()));
        } else if (!Objects.equals(disksRoot, command.disksRoot()) || !Objects.equals(datastore, command.datastore())) {
            throw new CommandRejected(
                    ResourceGroupRejection.GROUP_DIFFERS,
                    "The resource group '%s' exists with disksRoot %s and datastore %s, not disksRoot %s and datastore %s."
                            .formatted(
                                    command.group().name(),
                                    disksRoot,
                                    datastore,
                                    command.disksRoot(),
                                    command.datastore()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteResourceGroup command) {
        requireExists(command.group());
        if (!members.isEmpty()) {
            throw new CommandRejected(
                    ResourceGroupRejection.GROUP_NOT_EMPTY,
                    "The resource group '%s' still holds %d disks and snapshots of backup instances, '%s' among them."
                            .formatted(
                                    command.group().name(),
                                    members.size(),
                                    members.iterator().next()));
        }
        apply(new ResourceGroupDeleted(command.group(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AddResourceGroupMember command) {
        requireExists(command.group());
        if (!members.contains(command.member())) {
            apply(new ResourceGroupMemberAdded(command.group(), command.member(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RemoveResourceGroupMember command) {
        if (members.contains(command.member())) {
            apply(new ResourceGroupMemberRemoved(command.group(), command.member(), command.at()));
        }
    }

    private void requireExists(ResourceGroupId group) {
        if (!exists) {
            throw ResourceGroupRejection.notFound(group);
        }
    }

    @EventSourcingHandler
    void on(ResourceGroupCreated event) {
        id = event.group();
        exists = true;
        disksRoot = event.disksRoot();
        datastore = event.datastore();
    }

    @EventSourcingHandler
    void on(ResourceGroupDeleted event) {
        exists = false;
    }

    @EventSourcingHandler
    void on(ResourceGroupMemberAdded event) {
        members.add(event.member());
    }

    @EventSourcingHandler
    void on(ResourceGroupMemberRemoved event) {
        members.remove(event.member());
    }
}
