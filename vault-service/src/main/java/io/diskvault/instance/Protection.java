package io.diskvault.instance;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskCommand.ProtectDisk;
import io.diskvault.disk.DiskCommand.UnprotectDisk;
import io.diskvault.disk.DiskRejection;
import io.diskvault.instance.InstanceCommand.ChangeInstancePolicy;
import io.diskvault.instance.InstanceCommand.ConfigureProtection;
import io.diskvault.instance.InstanceCommand.ContinueProtection;
import io.diskvault.instance.InstanceCommand.DeleteInstance;
import io.diskvault.instance.InstanceCommand.EndProtection;
import io.diskvault.instance.InstanceCommand.MarkDeleted;
import io.diskvault.instance.InstanceCommand.PurgeInstance;
import io.diskvault.instance.InstanceCommand.RecallInstance;
import io.diskvault.instance.InstanceCommand.Removal;
import io.diskvault.instance.InstanceCommand.RequireElapsed;
import io.diskvault.instance.InstanceCommand.ResumeProtection;
import io.diskvault.instance.InstanceCommand.StartProtection;
import io.diskvault.instance.InstanceCommand.SwitchPolicy;
import io.diskvault.instance.InstanceCommand.UndeleteInstance;
import io.diskvault.policy.PolicyCommand.AssignPolicy;
import io.diskvault.policy.PolicyCommand.UnassignPolicy;
import io.diskvault.resourcegroup.ResourceGroupCommand.AddResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupCommand.RemoveResourceGroupMember;
import io.diskvault.vault.SoftDelete;
import io.diskvault.vault.VaultCommand.AddVaultMember;
import io.diskvault.vault.VaultCommand.AskSoftDelete;
import io.diskvault.vault.VaultCommand.AskWhetherImmutable;
import io.diskvault.vault.VaultCommand.RemoveVaultMember;
import java.time.Instant;
import java.util.stream.Stream;
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
    void handle(ChangeInstancePolicy command) {
        if (!command.from().equals(command.to())) {
            letGoAndTake(command);
        }
        send(new SwitchPolicy(command.instance(), command.from(), command.to(), command.at()));
    }

    private void letGoAndTake(ChangeInstancePolicy command) {
        String instance = command.instance().path();
        Object assign = new AssignPolicy(command.to(), instance, command.at());
        Object unassign = new UnassignPolicy(command.from(), instance, command.at());
        // In the order of the policies' names, because another instance may be going the other way.
        boolean assignFirst = command.to().path().compareTo(command.from().path()) < 0;
        Stream.of(assignFirst ? assign : unassign, assignFirst ? unassign : assign)
                .forEach(this::send);
    }

    @CommandHandler
    void handle(ResumeProtection command) {
        try {
            send(new ProtectDisk(command.disk(), command.instance().path(), command.at()));
        } catch (CommandRejected refused) {
            throw refused.rejection() == DiskRejection.DISK_ALREADY_PROTECTED
                    ? new CommandRejected(
                            InstanceRejection.DISK_PROTECTED_ELSEWHERE, String.valueOf(refused.getMessage()))
                    : refused;
        }
        send(new ContinueProtection(command.instance(), command.disk(), command.at()));
    }

    @CommandHandler
    void handle(DeleteInstance command) {
        requireNotImmutable(command.instance(), command.at());
        SoftDelete setting =
                commands.sendAndWait(new AskSoftDelete(command.instance().vaultId()));
        if (setting.keeps()) {
            deleteSoftly(command, setting);
        } else {
            end(new EndProtection(
                    command.instance(),
                    command.disk(),
                    command.policy(),
                    command.snapshotGroup(),
                    Removal.DELETE,
                    command.at()));
        }
    }

    /// Policy and group stay bound, so that the instance can be undeleted; only the disk is let go.
    private void deleteSoftly(DeleteInstance command, SoftDelete setting) {
        InstanceId instance = command.instance();
        send(new RemoveVaultMember(instance.vaultId(), instance.toString(), command.at()));
        send(new AddVaultMember(instance.vaultId(), deletedMember(instance), command.at()));
        send(new UnprotectDisk(command.disk(), instance.path(), command.at()));
        ended.forget(instance, command.at());
        send(new MarkDeleted(instance, command.disk(), setting.purgeTime(command.at()), command.at()));
    }

    @CommandHandler
    void handle(UndeleteInstance command) {
        InstanceId instance = command.instance();
        send(new RemoveVaultMember(instance.vaultId(), deletedMember(instance), command.at()));
        send(new AddVaultMember(instance.vaultId(), instance.toString(), command.at()));
        send(new RecallInstance(instance, command.at()));
    }

    /// In an immutable vault nothing goes before its time, not even softly: it would be purged one day.
    private void requireNotImmutable(InstanceId instance, Instant at) {
        boolean immutable = commands.<Boolean>sendAndWait(new AskWhetherImmutable(instance.vaultId()));
        if (immutable) {
            send(new RequireElapsed(instance, at));
        }
    }

    @CommandHandler
    void handle(PurgeInstance command) {
        if (command.removal() == Removal.PURGE) {
            requirePurgeable(command.instance());
        }
        requireNotImmutable(command.instance(), command.at());
        end(new EndProtection(
                command.instance(),
                command.disk(),
                command.policy(),
                command.snapshotGroup(),
                command.removal(),
                command.at()));
    }

    /// What is always on keeps for all its days: else whoever may delete could purge in the next moment.
    private void requirePurgeable(InstanceId instance) {
        SoftDelete setting = commands.sendAndWait(new AskSoftDelete(instance.vaultId()));
        if (setting.state() == SoftDelete.State.ALWAYS_ON) {
            throw new CommandRejected(
                    InstanceRejection.SOFT_DELETE_ALWAYS_ON,
                    "Soft delete of the vault of '%s' is always on; nothing is purged there before its time."
                            .formatted(instance.path()));
        }
    }

    private void end(EndProtection command) {
        InstanceId instance = command.instance();
        send(new RemoveVaultMember(instance.vaultId(), instance.toString(), command.at()));
        send(new RemoveVaultMember(instance.vaultId(), deletedMember(instance), command.at()));
        send(new UnassignPolicy(command.policy(), instance.path(), command.at()));
        send(new RemoveResourceGroupMember(command.snapshotGroup(), instance.toString(), command.at()));
        send(new UnprotectDisk(command.disk(), instance.path(), command.at()));
        ended.forget(instance, command.at());
        send(command);
    }

    /// How a vault calls an instance that is deleted and not purged yet.
    private static String deletedMember(InstanceId instance) {
        return "deleted-" + instance;
    }

    private void send(Object command) {
        commands.<Object>sendAndWait(command);
    }
}
