package io.diskvault.access;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.access.RoleCommand.AssignRole;
import io.diskvault.access.RoleCommand.RevokeRole;
import io.diskvault.access.RoleEvent.RoleAssigned;
import io.diskvault.access.RoleEvent.RoleRevoked;
import io.diskvault.command.CommandRejected;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// One role of one principal at one scope. It is given once, taken away at most once, and never changes in between.
@AggregateRoot(type = "RoleAssignment")
final class RoleAssignment {
    @AggregateIdentifier
    @JsonProperty
    private @Nullable RoleAssignmentId id;

    @JsonProperty
    private boolean revoked;

    RoleAssignment() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AssignRole command) {
        if (Principals.isVault(command.principal()) && !command.role().isForVaults()) {
            throw new CommandRejected(
                    RoleRejection.NOT_FOR_VAULTS,
                    "The identity of a vault cannot be %s."
                            .formatted(command.role().text()));
        }
        if (id == null) {
            apply(new RoleAssigned(
                    command.assignment(), command.principal(), command.role(), command.scope(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RevokeRole command) {
        if (id == null) {
            throw RoleRejection.notFound(command.assignment());
        }
        if (!revoked) {
            apply(new RoleRevoked(command.assignment(), command.at()));
        }
    }

    @EventSourcingHandler
    void on(RoleAssigned event) {
        id = event.assignment();
    }

    @EventSourcingHandler
    void on(RoleRevoked event) {
        revoked = true;
    }
}
