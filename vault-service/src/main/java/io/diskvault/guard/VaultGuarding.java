package io.diskvault.guard;

import io.diskvault.guard.GuardCommand.AddGuardedVault;
import io.diskvault.guard.GuardCommand.RemoveGuardedVault;
import io.diskvault.guard.GuardProxyCommand.AskGuard;
import io.diskvault.guard.GuardProxyCommand.ForgetVault;
import io.diskvault.guard.GuardProxyCommand.GuardVault;
import io.diskvault.guard.GuardProxyCommand.SetGuard;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Links vaults and guards. The proxy comes first, here and wherever else it is asked, and guards in the order of
/// their names, so that two requests cannot wait for each other.
final class VaultGuarding {
    private final CommandGateway commands;

    VaultGuarding(CommandGateway commands) {
        this.commands = commands;
    }

    @CommandHandler
    void handle(ForgetVault command) {
        handle(new GuardVault(command.vault(), Optional.empty(), command.at()));
    }

    @CommandHandler
    void handle(GuardVault command) {
        GuardProxyId proxy = new GuardProxyId(command.vault());
        LinkedGuard linked = commands.sendAndWait(new AskGuard(proxy));
        commands.<Object>sendAndWait(new SetGuard(proxy, command.guard(), command.at()));
        Stream.of(linked.guard(), command.guard())
                .flatMap(Optional::stream)
                .distinct()
                .sorted(Comparator.comparing(GuardId::name))
                .forEach(guard -> commands.<Object>sendAndWait(
                        command.guard().filter(guard::equals).isPresent()
                                ? new AddGuardedVault(guard, command.vault(), command.at())
                                : new RemoveGuardedVault(guard, command.vault(), command.at())));
    }
}
