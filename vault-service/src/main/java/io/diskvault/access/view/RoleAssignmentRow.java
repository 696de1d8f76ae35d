package io.diskvault.access.view;

import io.diskvault.access.Grants.Grant;
import io.diskvault.access.Role;
import io.diskvault.access.Scope;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// One role assignment that counts.
///
/// @param role as [Role] writes it
/// @param scope as [Scope] writes it
@MappedEntity("role_assignment")
public record RoleAssignmentRow(@Id UUID id, String principal, String role, String scope, Instant createdAt) {
    public Grant grant() {
        return new Grant(Role.of(role), new Scope(scope));
    }
}
