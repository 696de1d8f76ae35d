package io.diskvault.policy;

import io.diskvault.policy.PolicyCommand.CreatePolicy;
import io.diskvault.policy.PolicyCommand.DeletePolicy;
import io.diskvault.policy.PolicyEntry.EnterPolicy;
import io.diskvault.policy.PolicyEntry.StrikePolicy;
import io.diskvault.vault.VaultCommand.AddVaultMember;
import io.diskvault.vault.VaultCommand.RemoveVaultMember;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Creates and deletes policies together with their place in the vault. Both parts are commands within one command, so
/// they share its transaction: a refusal of either leaves no trace of the other. The vault always comes first, here and
/// wherever else a vault and a policy are changed together, so that two such commands cannot wait for each other.
final class PolicyRegistration {
    private final CommandGateway commands;

    PolicyRegistration(CommandGateway commands) {
        this.commands = commands;
    }

    @CommandHandler
    void handle(CreatePolicy order) {
        PolicyId policy = order.policy();
        commands.<Object>sendAndWait(new AddVaultMember(policy.vaultId(), policy.toString(), order.at()));
        commands.<Object>sendAndWait(new EnterPolicy(order));
    }

    @CommandHandler
    void handle(DeletePolicy order) {
        PolicyId policy = order.policy();
        commands.<Object>sendAndWait(new RemoveVaultMember(policy.vaultId(), policy.toString(), order.at()));
        commands.<Object>sendAndWait(new StrikePolicy(order));
    }
}
