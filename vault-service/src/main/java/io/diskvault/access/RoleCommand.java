package io.diskvault.access;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a role assignment.
public sealed interface RoleCommand {
    RoleAssignmentId assignment();

    record AssignRole(
            @TargetAggregateIdentifier RoleAssignmentId assignment,
            String principal,
            Role role,
            Scope scope,
            Instant at)
            implements RoleCommand {}

    record RevokeRole(@TargetAggregateIdentifier RoleAssignmentId assignment, Instant at) implements RoleCommand {}
}
