package io.diskvault.guard;

import io.diskvault.access.Role;
import io.diskvault.access.Scope;
import io.diskvault.access.view.RoleAssignmentRow;
import io.diskvault.access.view.RoleAssignmentRows;
import io.diskvault.command.CommandRejected;
import io.diskvault.guard.view.GuardRow;
import io.diskvault.guard.view.GuardRows;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Who may approve, and at which guards: those with the role Backup MUA Admin there, or on the server.
@Singleton
public class Approvers {
    private final RoleAssignmentRows assignments;
    private final GuardRows guards;

    Approvers(RoleAssignmentRows assignments, GuardRows guards) {
        this.assignments = assignments;
        this.guards = guards;
    }

    /// @throws CommandRejected if nobody could approve anything at the guard
    public void requireOne(GuardId guard) {
        if (holders(guard) == 0) {
            throw new CommandRejected(
                    GuardRejection.NO_APPROVER,
                    "Nobody has the role %s at the resource guard '%s', so nothing could ever be approved."
                            .formatted(Role.BACKUP_MUA_ADMIN.text(), guard.name()));
        }
    }

    /// @throws CommandRejected if nobody else could approve anything at the guard
    public void requireAnother(GuardId guard) {
        if (holders(guard) < 2) {
            throw new CommandRejected(
                    GuardRejection.LAST_APPROVER,
                    "This is the only assignment of the role %s at the resource guard '%s', which is in use."
                            .formatted(Role.BACKUP_MUA_ADMIN.text(), guard.name()));
        }
    }

    private long holders(GuardId guard) {
        String role = Role.BACKUP_MUA_ADMIN.text();
        return assignments.countByRoleAndScope(role, Scope.guard(guard.name()).text())
                + assignments.countByRoleAndScope(role, Scope.SERVER.text());
    }

    /// The guards at which an assignment lets somebody approve; none if it gives another role.
    public List<GuardId> guardsOf(UUID assignment) {
        return assignments.findById(assignment).stream()
                .flatMap(row -> guardsOf(row).stream())
                .toList();
    }

    /// The guards at which a principal may approve.
    public List<GuardId> guardsOf(String principal) {
        return assignments.findByPrincipal(principal).stream()
                .flatMap(row -> guardsOf(row).stream())
                .distinct()
                .toList();
    }

    private List<GuardId> guardsOf(RoleAssignmentRow row) {
        return guardsOf(row.grant().role(), row.grant().scope());
    }

    /// The guards at which a role at a scope lets somebody approve.
    public List<GuardId> guardsOf(Role role, Scope scope) {
        if (role != Role.BACKUP_MUA_ADMIN) {
            return List.of();
        }
        Optional<String> one = scope.guardName();
        if (one.isPresent()) {
            return List.of(new GuardId(one.get()));
        }
        return scope.equals(Scope.SERVER)
                ? guards.findAll().stream()
                        .map(GuardRow::name)
                        .sorted()
                        .map(GuardId::new)
                        .toList()
                : List.of();
    }
}
