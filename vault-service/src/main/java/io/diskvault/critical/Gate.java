package io.diskvault.critical;

import io.diskvault.access.Callers;
import io.diskvault.critical.Concern.OfGuard;
import io.diskvault.critical.Concern.OfVault;
import io.diskvault.guard.Approvals;
import io.diskvault.guard.Approvers;
import io.diskvault.guard.CriticalCall;
import io.diskvault.guard.GuardCommand.AskGuardTerms;
import io.diskvault.guard.GuardId;
import io.diskvault.guard.GuardProxyCommand.AskGuard;
import io.diskvault.guard.GuardProxyCommand.ForgetVault;
import io.diskvault.guard.GuardProxyId;
import io.diskvault.guard.GuardSettings;
import io.diskvault.guard.GuardTerms;
import io.diskvault.guard.LinkedGuard;
import io.diskvault.vault.VaultCommand.DeleteVault;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// Asks the resource guard before a critical operation is handled, within its transaction: the approval is used up if
/// and only if the operation takes place.
///
/// The vault's proxy is always asked first, so that two critical operations in one vault cannot wait for each other,
/// nor use one approval at the same time.
final class Gate implements MessageHandlerInterceptor<CommandMessage<?>> {
    private final CommandGateway commands;
    private final Approvals approvals;
    private final Concerns concerns;
    private final GuardSettings settings;
    private final Clock clock;

    Gate(CommandGateway commands, Approvals approvals, Approvers approvers, GuardSettings settings, Clock clock) {
        this.commands = commands;
        this.approvals = approvals;
        this.concerns = new Concerns(commands, approvers);
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        CommandMessage<?> message = work.getMessage();
        String principal = Callers.principalOf(message.getMetaData());
        if (settings.enforced() && !Callers.isOwnWork(principal)) {
            concerns.of(message.getPayload()).forEach(concern -> check(concern, principal));
        }
        if (message.getPayload() instanceof DeleteVault deletion) {
            commands.<Object>sendAndWait(new ForgetVault(deletion.vault(), deletion.at()));
        }
        return chain.proceed();
    }

    private void check(Concern concern, String principal) {
        switch (concern) {
            case OfVault of -> {
                LinkedGuard linked = commands.sendAndWait(new AskGuard(new GuardProxyId(of.vault())));
                linked.guard().ifPresent(guard -> check(guard, of.call(), principal));
            }
            case OfGuard of -> check(of.guard(), of.call(), principal);
        }
    }

    private void check(GuardId guard, Supplier<Optional<CriticalCall>> call, String principal) {
        GuardTerms terms = commands.sendAndWait(new AskGuardTerms(guard));
        if (terms.inUse()) {
            call.get()
                    .filter(terms::cover)
                    .ifPresent(critical -> approvals.require(commands, guard, critical, principal, clock.instant()));
        }
    }
}
