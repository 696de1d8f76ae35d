package io.diskvault.disk;

import io.diskvault.disk.DiskCommand.RegisterDisk;
import io.diskvault.disk.DiskCommand.RemoveDisk;
import io.diskvault.disk.DiskEntry.EnterDisk;
import io.diskvault.disk.DiskEntry.StrikeDisk;
import io.diskvault.resourcegroup.ResourceGroupCommand.AddResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupCommand.RemoveResourceGroupMember;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Registers and removes disks together with their place in the resource group. Both parts are commands within one
/// command, so they share its transaction: a refusal of either leaves no trace of the other. The group always comes
/// first, here and wherever else a group and a disk are changed together, so that two such commands cannot wait for
/// each other.
final class DiskRegistration {
    private final CommandGateway commands;

    DiskRegistration(CommandGateway commands) {
        this.commands = commands;
    }

    @CommandHandler
    void handle(RegisterDisk order) {
        DiskId disk = order.disk();
        commands.<Object>sendAndWait(new AddResourceGroupMember(disk.group(), disk.toString(), order.at()));
        commands.<Object>sendAndWait(new EnterDisk(order));
    }

    @CommandHandler
    void handle(RemoveDisk order) {
        DiskId disk = order.disk();
        commands.<Object>sendAndWait(new RemoveResourceGroupMember(disk.group(), disk.toString(), order.at()));
        commands.<Object>sendAndWait(new StrikeDisk(order));
    }
}
