package io.diskvault.access;

import java.time.Instant;

/// What happened to a role assignment; stored for ever. One whose vault, resource group or disk is gone has ended
/// without an event of its own.
public sealed interface RoleEvent {
    RoleAssignmentId assignment();

    record RoleAssigned(RoleAssignmentId assignment, String principal, Role role, Scope scope, Instant at)
            implements RoleEvent {}

    record RoleRevoked(RoleAssignmentId assignment, Instant at) implements RoleEvent {}
}
