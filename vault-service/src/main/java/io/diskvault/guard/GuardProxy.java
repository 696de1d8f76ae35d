package io.diskvault.guard;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.guard.GuardProxyCommand.AskGuard;
import io.diskvault.guard.GuardProxyCommand.SetGuard;
import io.diskvault.guard.GuardProxyEvent.VaultGuarded;
import io.diskvault.guard.GuardProxyEvent.VaultUnguarded;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// Which guard a vault is linked with. A stream of its own and not the vault's: whoever does something to an instance
/// or a policy asks here first, and would wait for everybody else who does something in the vault.
@AggregateRoot(type = "GuardProxy")
final class GuardProxy {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable GuardProxyId id;

    @JsonProperty
    private @Nullable GuardId guard;

    GuardProxy() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    LinkedGuard handle(AskGuard command) {
        return new LinkedGuard(Optional.ofNullable(guard));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SetGuard command) {
        if (!command.guard().equals(Optional.ofNullable(guard))) {
            apply(command.guard()
                    .<GuardProxyEvent>map(next -> new VaultGuarded(command.proxy(), next, command.at()))
                    .orElseGet(() -> new VaultUnguarded(command.proxy(), command.at())));
        }
    }

    @EventSourcingHandler
    void on(VaultGuarded event) {
        id = event.proxy();
        guard = event.guard();
    }

    @EventSourcingHandler
    void on(VaultUnguarded event) {
        guard = null;
    }
}
