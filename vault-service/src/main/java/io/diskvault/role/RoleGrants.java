package io.diskvault.role;

import io.diskvault.access.Access;
import io.diskvault.access.Permission;
import io.diskvault.access.Principals;
import io.diskvault.access.Role;
import io.diskvault.access.RoleAssignmentId;
import io.diskvault.access.RoleCommand.AssignRole;
import io.diskvault.access.RoleCommand.RevokeRole;
import io.diskvault.access.RoleRejection;
import io.diskvault.access.Scope;
import io.diskvault.access.view.RoleAssignmentRow;
import io.diskvault.access.view.RoleAssignmentRows;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.guard.view.GuardRows;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.VaultRejection;
import io.diskvault.vault.view.VaultRow;
import io.diskvault.vault.view.VaultRows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Gives roles and takes them away, as far as the caller of the request may.
@Singleton
public class RoleGrants {
    private final Access access;
    private final RoleAssignmentRows rows;
    private final VaultRows vaults;
    private final GuardRows guards;
    private final ResourceGroupRows groups;
    private final DiskRows disks;
    private final Commands commands;
    private final Clock clock;

    RoleGrants(
            Access access,
            RoleAssignmentRows rows,
            VaultRows vaults,
            GuardRows guards,
            ResourceGroupRows groups,
            DiskRows disks,
            Commands commands,
            Clock clock) {
        this.access = access;
        this.rows = rows;
        this.vaults = vaults;
        this.guards = guards;
        this.groups = groups;
        this.disks = disks;
        this.commands = commands;
        this.clock = clock;
    }

    /// Gives a role. One that the principal has at the scope already stays as it is.
    ///
    /// @param principal a name, `oidc:NAME`, or `vault:NAME` for the identity that the vault has now
    /// @return the assignment's id
    /// @throws CommandRejected if the caller may not, or there is no such vault or scope
    public RoleAssignmentId grant(String principal, Role role, Scope scope) {
        access.require(Permission.ASSIGNMENTS_WRITE, scope);
        requireExists(scope);
        String holder = resolved(principal);
        Optional<RoleAssignmentRow> known = rows.findFirstByPrincipalAndRoleAndScope(holder, role.text(), scope.text());
        if (known.isPresent()) {
            return new RoleAssignmentId(known.get().id());
        }
        RoleAssignmentId id = new RoleAssignmentId(UUID.randomUUID());
        commands.send(new AssignRole(id, holder, role, scope, clock.instant()));
        return id;
    }

    /// Takes a role away.
    ///
    /// @throws CommandRejected if there is no such assignment that the caller may take away, or it makes the last
    ///     owner of the server
    public void revoke(RoleAssignmentId id) {
        RoleAssignmentRow row = rows.findById(id.value())
                .filter(found -> access.may(Permission.ASSIGNMENTS_READ, new Scope(found.scope())))
                .orElseThrow(() -> RoleRejection.notFound(id));
        Scope scope = new Scope(row.scope());
        access.require(Permission.ASSIGNMENTS_WRITE, scope);
        if (row.role().equals(Role.OWNER.text())
                && scope.equals(Scope.SERVER)
                && rows.countByRoleAndScope(row.role(), row.scope()) == 1) {
            throw new CommandRejected(
                    RoleRejection.LAST_OWNER, "'%s' is the only Owner of the server.".formatted(row.principal()));
        }
        commands.send(new RevokeRole(id, clock.instant()));
    }

    private String resolved(String principal) {
        if (!Principals.isVault(principal)) {
            return Principals.check(principal);
        }
        VaultId vault = new VaultId(
                Scope.parse(principal).vaultName().orElseThrow(() -> GeneralRejection.invalid("no vault is named")));
        VaultRow row = vaults.findById(vault.name()).orElseThrow(() -> VaultRejection.notFound(vault));
        return Principals.ofVault(row.name(), row.identity());
    }

    private void requireExists(Scope scope) {
        boolean exists = scope.equals(Scope.SERVER)
                || scope.vaultName().filter(vaults::existsById).isPresent()
                || scope.guardName().filter(guards::existsById).isPresent()
                || scope.groupName().filter(groups::existsById).isPresent()
                || scope.diskPath().filter(disks::existsById).isPresent();
        if (!exists) {
            throw GeneralRejection.notFound("scope", scope);
        }
    }
}
