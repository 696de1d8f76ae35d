package io.diskvault.critical;

import io.diskvault.critical.Concern.OfVault;
import io.diskvault.guard.CriticalCall;
import io.diskvault.guard.CriticalOperation;
import io.diskvault.policy.PolicyCommand;
import io.diskvault.policy.PolicyCommand.AskPolicyRules;
import io.diskvault.policy.PolicyCommand.AssignPolicy;
import io.diskvault.policy.PolicyCommand.ChangePolicy;
import io.diskvault.policy.PolicyCommand.CorrectScheduleTime;
import io.diskvault.policy.PolicyCommand.CreatePolicy;
import io.diskvault.policy.PolicyCommand.DeletePolicy;
import io.diskvault.policy.PolicyCommand.UnassignPolicy;
import io.diskvault.policy.PolicyRules;
import io.diskvault.vault.SoftDelete;
import io.diskvault.vault.VaultCommand;
import io.diskvault.vault.VaultCommand.AddVaultMember;
import io.diskvault.vault.VaultCommand.AskSoftDelete;
import io.diskvault.vault.VaultCommand.AskVaultSettings;
import io.diskvault.vault.VaultCommand.AskWhetherImmutable;
import io.diskvault.vault.VaultCommand.CreateVault;
import io.diskvault.vault.VaultCommand.DeleteVault;
import io.diskvault.vault.VaultCommand.RemoveVaultMember;
import io.diskvault.vault.VaultCommand.SetImmutability;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.VaultSettings;
import java.util.Optional;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// What of the orders to vaults and policies is critical.
final class VaultConcerns {
    private final CommandGateway commands;

    VaultConcerns(CommandGateway commands) {
        this.commands = commands;
    }

    Optional<Concern> of(VaultCommand command) {
        return switch (command) {
            case CreateVault order ->
                order.softDelete()
                        .<Concern>map(next -> new OfVault(order.vault(), () -> reducing(order.vault(), next)));
            case SetImmutability order -> Optional.of(new OfVault(order.vault(), () -> reducing(order)));
            // It is empty, or it is refused; but one that is made anew under its name would have no guard.
            case DeleteVault order ->
                Optional.of(new OfVault(
                        order.vault(),
                        () -> Optional.of(new CriticalCall(
                                CriticalOperation.REMOVE_GUARD,
                                order.vault().toString(),
                                "delete the backup vault, and its guard with it"))));
            case AddVaultMember _, RemoveVaultMember _, AskSoftDelete _, AskWhetherImmutable _, AskVaultSettings _ ->
                Optional.empty();
        };
    }

    private Optional<CriticalCall> reducing(VaultId vault, SoftDelete next) {
        VaultSettings now = commands.sendAndWait(new AskVaultSettings(vault));
        return now.softDelete().isWeakenedBy(next)
                ? Optional.of(new CriticalCall(
                        CriticalOperation.REDUCE_SOFT_DELETE,
                        vault.toString(),
                        "soft delete %s with %d days becomes %s with %d days"
                                .formatted(
                                        now.softDelete().state().text(),
                                        now.softDelete().retentionDays(),
                                        next.state().text(),
                                        next.retentionDays())))
                : Optional.empty();
    }

    private Optional<CriticalCall> reducing(SetImmutability order) {
        VaultSettings now = commands.sendAndWait(new AskVaultSettings(order.vault()));
        return now.immutability().isWeakenedBy(order.immutability())
                ? Optional.of(new CriticalCall(
                        CriticalOperation.REDUCE_IMMUTABILITY,
                        order.vault().toString(),
                        "immutability %s becomes %s"
                                .formatted(
                                        now.immutability().text(),
                                        order.immutability().text())))
                : Optional.empty();
    }

    Optional<Concern> of(PolicyCommand command) {
        return switch (command) {
            case ChangePolicy order -> Optional.of(new OfVault(order.policy().vaultId(), () -> weakening(order)));
            // A policy that is followed is neither created anew nor deleted, and what makes an instance follow another
            // one is looked at as a whole.
            case CreatePolicy _,
                    DeletePolicy _,
                    AskPolicyRules _,
                    CorrectScheduleTime _,
                    AssignPolicy _,
                    UnassignPolicy _ -> Optional.empty();
        };
    }

    private Optional<CriticalCall> weakening(ChangePolicy order) {
        Optional<PolicyRules> now = commands.sendAndWait(new AskPolicyRules(order.policy()));
        PolicyRules next = new PolicyRules(order.schedule(), order.retention());
        return now.filter(rules -> rules.areWeakenedBy(next, order.at()))
                .map(rules -> new CriticalCall(
                        CriticalOperation.WEAKEN_POLICY,
                        order.policy().toString(),
                        "%s becomes %s".formatted(rules.text(), next.text())));
    }
}
