package io.diskvault.guard;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.guard.GuardCommand.AddGuardedVault;
import io.diskvault.guard.GuardCommand.AskGuardTerms;
import io.diskvault.guard.GuardCommand.DeleteGuard;
import io.diskvault.guard.GuardCommand.PutGuard;
import io.diskvault.guard.GuardCommand.RemoveGuardedVault;
import io.diskvault.guard.GuardEvent.GuardCreated;
import io.diskvault.guard.GuardEvent.GuardDeleted;
import io.diskvault.guard.GuardEvent.GuardOperationsChanged;
import io.diskvault.guard.GuardEvent.GuardedVaultAdded;
import io.diskvault.guard.GuardEvent.GuardedVaultRemoved;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A guard knows the vaults that are linked with it, so that it cannot be deleted over their heads. A deleted guard's
/// name may be used again; the stream then goes on.
@AggregateRoot(type = "ResourceGuard")
final class ResourceGuard {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable GuardId id;

    @JsonProperty
    private boolean exists;

    @JsonProperty
    private final SortedSet<CriticalOperation> operations = new TreeSet<>();

    /// By name.
    @JsonProperty
    private final SortedSet<String> vaults = new TreeSet<>();

    ResourceGuard() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PutGuard command) {
        Set<CriticalOperation> asked = CriticalOperation.withIndispensable(command.operations());
        if (!exists) {
            apply(new GuardCreated(command.guard(), asked, command.at()));
        } else if (!operations.equals(asked)) {
            apply(new GuardOperationsChanged(command.guard(), asked, command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteGuard command) {
        requireExists(command.guard());
        if (!vaults.isEmpty()) {
            throw new CommandRejected(
                    GuardRejection.GUARD_IN_USE,
                    "The resource guard '%s' protects %d backup vaults: %s."
                            .formatted(command.guard().name(), vaults.size(), String.join(", ", vaults)));
        }
        apply(new GuardDeleted(command.guard(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    GuardTerms handle(AskGuardTerms command) {
        return new GuardTerms(Set.copyOf(operations), !vaults.isEmpty());
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AddGuardedVault command) {
        requireExists(command.guard());
        if (!vaults.contains(command.vault().name())) {
            apply(new GuardedVaultAdded(command.guard(), command.vault(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RemoveGuardedVault command) {
        if (vaults.contains(command.vault().name())) {
            apply(new GuardedVaultRemoved(command.guard(), command.vault(), command.at()));
        }
    }

    private void requireExists(GuardId guard) {
        if (!exists) {
            throw GuardRejection.notFound(guard);
        }
    }

    @EventSourcingHandler
    void on(GuardCreated event) {
        id = event.guard();
        exists = true;
        become(event.operations());
    }

    @EventSourcingHandler
    void on(GuardOperationsChanged event) {
        become(event.operations());
    }

    private void become(Set<CriticalOperation> next) {
        operations.clear();
        operations.addAll(next);
    }

    @EventSourcingHandler
    void on(GuardDeleted event) {
        exists = false;
    }

    @EventSourcingHandler
    void on(GuardedVaultAdded event) {
        vaults.add(event.vault().name());
    }

    @EventSourcingHandler
    void on(GuardedVaultRemoved event) {
        vaults.remove(event.vault().name());
    }
}
