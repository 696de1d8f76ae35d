package io.diskvault.instance;

import io.diskvault.disk.DiskCommand.ProtectDisk;
import io.diskvault.disk.DiskCommand.UnprotectDisk;
import io.diskvault.instance.InstanceCommand.ConfigureProtection;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.RemoveProtection;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.policy.PolicyCommand.AssignPolicy;
import io.diskvault.policy.PolicyCommand.UnassignPolicy;
import io.diskvault.resourcegroup.ResourceGroupCommand.AddResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupCommand.RemoveResourceGroupMember;
import io.diskvault.vault.VaultCommand.AddVaultMember;
import io.diskvault.vault.VaultCommand.RemoveVaultMember;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Protecting a disk concerns five streams: the vault, the policy, the disk, the snapshot resource group and the
/// instance itself. They are written in one transaction, so that no disk is ever half protected and nothing that an
/// instance needs can be deleted under it. Groups come before disks and vaults before policies, here as
/// elsewhere, so that two requests cannot wait for each other.
final class Protection {
    private final CommandGateway commands;
    private final EndedBackups ended;

    Protection(CommandGateway commands, EndedBackups ended) {
        this.commands = commands;
        this.ended = ended;
    }

    @CommandHandler
    void handle(ConfigureProtection command) {
        String member = command.instance().toString();
        send(new AddVaultMember(command.instance().vaultId(), member, command.at()));
        send(new AssignPolicy(command.policy(), command.instance().path(), command.at()));
        send(new AddResourceGroupMember(command.snapshotGroup(), member, command.at()));
        send(new ProtectDisk(command.disk(), command.instance().path(), command.at()));
        send(new StartProtection(
                command.instance(), command.disk(), command.policy(), command.snapshotGroup(), command.at()));
    }

    @CommandHandler
    void handle(RemoveProtection command) {
        String member = command.instance().toString();
        send(new RemoveVaultMember(command.instance().vaultId(), member, command.at()));
        send(new UnassignPolicy(command.policy(), command.instance().path(), command.at()));
        send(new RemoveResourceGroupMember(command.snapshotGroup(), member, command.at()));
        send(new UnprotectDisk(command.disk(), command.instance().path(), command.at()));
        ended.forget(command.instance(), command.at());
        send(new EndProtection(
                command.instance(), command.disk(), command.policy(), command.snapshotGroup(), command.at()));
    }

    private void send(Object command) {
        commands.sendAndWait(command);
    }
}
