package io.diskvault.critical;

import io.diskvault.access.RoleCommand;
import io.diskvault.access.RoleCommand.AssignRole;
import io.diskvault.access.RoleCommand.RevokeRole;
import io.diskvault.access.TokenCommand;
import io.diskvault.access.TokenCommand.IssueToken;
import io.diskvault.access.TokenCommand.RevokeToken;
import io.diskvault.critical.Concern.OfGuard;
import io.diskvault.critical.Concern.OfVault;
import io.diskvault.guard.Approvers;
import io.diskvault.guard.CriticalCall;
import io.diskvault.guard.CriticalOperation;
import io.diskvault.guard.GuardCommand;
import io.diskvault.guard.GuardCommand.AddGuardedVault;
import io.diskvault.guard.GuardCommand.AskGuardTerms;
import io.diskvault.guard.GuardCommand.DeleteGuard;
import io.diskvault.guard.GuardCommand.PutGuard;
import io.diskvault.guard.GuardCommand.RemoveGuardedVault;
import io.diskvault.guard.GuardId;
import io.diskvault.guard.GuardProxyCommand;
import io.diskvault.guard.GuardProxyCommand.AskGuard;
import io.diskvault.guard.GuardProxyCommand.ForgetVault;
import io.diskvault.guard.GuardProxyCommand.GuardVault;
import io.diskvault.guard.GuardProxyCommand.SetGuard;
import io.diskvault.guard.GuardProxyId;
import io.diskvault.guard.GuardTerms;
import io.diskvault.guard.LinkedGuard;
import io.diskvault.instance.InstanceCommand;
import io.diskvault.policy.PolicyCommand;
import io.diskvault.vault.VaultCommand;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Says of every command whether it is a critical operation. The features whose commands can make recovery points go
/// sooner, or keep new ones from coming, are listed with all their commands, so that a new one has to choose.
///
/// Disks and resource groups that are in use cannot be deleted, and a cancelled job leaves what there is: those
/// features have no critical operations.
final class Concerns {
    private final CommandGateway commands;
    private final Approvers approvers;
    private final VaultConcerns vaults;
    private final InstanceConcerns instances;

    Concerns(CommandGateway commands, Approvers approvers) {
        this.commands = commands;
        this.approvers = approvers;
        this.vaults = new VaultConcerns(commands);
        this.instances = new InstanceConcerns(commands);
    }

    /// What to ask the guards about; nothing for what anybody may do who may do it at all.
    List<Concern> of(Object command) {
        return switch (command) {
            case VaultCommand vault -> vaults.of(vault).stream().toList();
            case PolicyCommand policy -> vaults.of(policy).stream().toList();
            case InstanceCommand instance -> instances.of(instance);
            case GuardProxyCommand proxy -> ofProxy(proxy).stream().toList();
            case GuardCommand guard -> ofGuard(guard).stream().toList();
            case RoleCommand role -> ofRole(role);
            case TokenCommand token -> ofToken(token);
            default -> List.of();
        };
    }

    private Optional<Concern> ofProxy(GuardProxyCommand command) {
        return switch (command) {
            case GuardVault order -> Optional.of(new OfVault(order.vault(), () -> unguarding(order)));
            // Parts of what has been looked at, and a question.
            case ForgetVault _, SetGuard _, AskGuard _ -> Optional.empty();
        };
    }

    private Optional<CriticalCall> unguarding(GuardVault order) {
        LinkedGuard linked = commands.sendAndWait(new AskGuard(new GuardProxyId(order.vault())));
        return linked.guard()
                .filter(guard -> !order.guard().equals(Optional.of(guard)))
                .map(_ -> new CriticalCall(
                        CriticalOperation.REMOVE_GUARD,
                        order.vault().toString(),
                        order.guard()
                                .map(next -> "exchange the guard for '%s'".formatted(next.name()))
                                .orElse("take the guard away")));
    }

    private Optional<Concern> ofGuard(GuardCommand command) {
        return switch (command) {
            case PutGuard order -> Optional.of(new OfGuard(order.guard(), () -> weakening(order)));
            // Refused as long as the guard is in use, parts of what has been looked at, and a question.
            case DeleteGuard _, AddGuardedVault _, RemoveGuardedVault _, AskGuardTerms _ -> Optional.empty();
        };
    }

    private Optional<CriticalCall> weakening(PutGuard order) {
        GuardTerms terms = commands.sendAndWait(new AskGuardTerms(order.guard()));
        TreeSet<CriticalOperation> dropped = new TreeSet<>(terms.operations());
        dropped.removeAll(CriticalOperation.withIndispensable(order.operations()));
        return dropped.isEmpty()
                ? Optional.empty()
                : Optional.of(new CriticalCall(
                        CriticalOperation.REMOVE_GUARD,
                        order.guard().toString(),
                        "no longer protect "
                                + dropped.stream().map(CriticalOperation::text).collect(Collectors.joining(", "))));
    }

    private List<Concern> ofRole(RoleCommand command) {
        return switch (command) {
            case AssignRole order ->
                ofApprovers(
                        approvers.guardsOf(order.role(), order.scope()),
                        "give '%s' the role %s at %s"
                                .formatted(order.principal(), order.role().text(), order.scope()));
            case RevokeRole order ->
                approvers.guardsOf(order.assignment().value()).stream()
                        .<Concern>map(guard -> new OfGuard(guard, () -> {
                            approvers.requireAnother(guard);
                            return Optional.of(changing(
                                    guard,
                                    "take the role assignment %s away"
                                            .formatted(order.assignment().value())));
                        }))
                        .toList();
        };
    }

    private List<Concern> ofToken(TokenCommand command) {
        return switch (command) {
            case IssueToken order ->
                ofApprovers(
                        approvers.guardsOf(order.principal()),
                        "issue a token with which one is '%s', who may approve".formatted(order.principal()));
            case RevokeToken _ -> List.of();
        };
    }

    private static List<Concern> ofApprovers(List<GuardId> guards, String detail) {
        return guards.stream()
                .<Concern>map(guard -> new OfGuard(guard, () -> Optional.of(changing(guard, detail))))
                .toList();
    }

    private static CriticalCall changing(GuardId guard, String detail) {
        return new CriticalCall(CriticalOperation.CHANGE_APPROVERS, guard.toString(), detail);
    }
}
