package io.diskvault.restoretest;

import io.diskvault.restoretest.RestoreTestPlanCommand.DeletePlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.EnterPlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.SetPlan;
import io.diskvault.restoretest.RestoreTestPlanCommand.StrikePlan;
import io.diskvault.vault.VaultCommand.AddVaultMember;
import io.diskvault.vault.VaultCommand.RemoveVaultMember;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Makes and deletes plans together with their place in the vault, in one transaction; the vault comes first.
final class PlanRegistration {
    private final CommandGateway commands;

    PlanRegistration(CommandGateway commands) {
        this.commands = commands;
    }

    @CommandHandler
    void handle(SetPlan order) {
        RestoreTestPlanId plan = order.plan();
        commands.<Object>sendAndWait(new AddVaultMember(plan.vault(), plan.toString(), order.at()));
        commands.<Object>sendAndWait(new EnterPlan(order));
    }

    @CommandHandler
    void handle(DeletePlan order) {
        RestoreTestPlanId plan = order.plan();
        commands.<Object>sendAndWait(new RemoveVaultMember(plan.vault(), plan.toString(), order.at()));
        commands.<Object>sendAndWait(new StrikePlan(order));
    }
}
