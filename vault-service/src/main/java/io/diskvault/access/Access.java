package io.diskvault.access;

import io.diskvault.access.Grants.Grant;
import io.diskvault.access.view.RoleAssignmentRow;
import io.diskvault.access.view.RoleAssignmentRows;
import io.diskvault.command.CommandRejected;
import io.diskvault.platform.AsOf;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What somebody may do. Asked anew for every request: what is revoked does not count from the next one on, not even
/// for what is asked about the past.
@Singleton
public class Access {
    private static final String ATTRIBUTE = "diskvault.grants";

    private static final Grants EVERYTHING = new Grants(List.of(new Grant(Role.OWNER, Scope.SERVER)));

    private final RoleAssignmentRows assignments;

    Access(RoleAssignmentRows assignments) {
        this.assignments = assignments;
    }

    /// What a principal may do.
    public Grants of(String principal) {
        return principal.equals(Principals.PROCESS)
                ? EVERYTHING
                : new Grants(AsOf.present(() -> assignments.findByPrincipal(principal)).stream()
                        .map(RoleAssignmentRow::grant)
                        .toList());
    }

    /// What the caller of the request may do that is being answered.
    public Grants mine() {
        HttpRequest<?> request = ServerRequestContext.currentRequest()
                .orElseThrow(() -> new IllegalStateException("Nobody asks: there is no request."));
        return request.getAttribute(ATTRIBUTE, Grants.class).orElseGet(() -> {
            Grants mine = of(me());
            request.setAttribute(ATTRIBUTE, mine);
            return mine;
        });
    }

    /// Who the caller is.
    public String me() {
        return Callers.current().principal();
    }

    /// Whether the caller may do something.
    public boolean may(Permission permission, Scope scope) {
        return mine().allow(permission, scope);
    }

    /// @throws CommandRejected if the caller may not; it says no more than the caller may know
    public void require(Permission permission, Scope scope) {
        if (may(permission, scope)) {
            return;
        }
        if (!scope.equals(Scope.SERVER) && !may(sightOf(scope), scope)) {
            throw new CommandRejected(
                    RoleRejection.NOTHING_TO_SEE, "There is nothing at %s that you may see.".formatted(scope));
        }
        throw new CommandRejected(
                RoleRejection.FORBIDDEN,
                "'%s' may not do this: it needs the permission %s at %s, which the role %s has."
                        .formatted(me(), permission.text(), scope, rolesWith(permission)));
    }

    private static Permission sightOf(Scope scope) {
        if (scope.vaultName().isPresent()) {
            return Permission.VAULTS_READ;
        }
        if (scope.guardName().isPresent()) {
            return Permission.GUARDS_READ;
        }
        return scope.diskPath().isPresent() ? Permission.DISKS_READ : Permission.GROUPS_READ;
    }

    private static String rolesWith(Permission permission) {
        return Arrays.stream(Role.values())
                .filter(role -> role.permissions().contains(permission))
                .map(Role::text)
                .collect(Collectors.joining(" or "));
    }
}
