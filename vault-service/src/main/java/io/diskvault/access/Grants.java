package io.diskvault.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What one principal may do, and where. What is not granted is denied.
public final class Grants {
    private final Map<Scope, Set<Role>> roles = new HashMap<>();

    /// One role at one scope.
    public record Grant(Role role, Scope scope) {}

    public Grants(Collection<Grant> grants) {
        for (Grant grant : grants) {
            roles.computeIfAbsent(grant.scope(), _ -> EnumSet.noneOf(Role.class))
                    .add(grant.role());
        }
    }

    /// Whether something is allowed at a scope, by a role there or at a scope around it.
    public boolean allow(Permission permission, Scope scope) {
        for (Optional<Scope> at = Optional.of(scope);
                at.isPresent();
                at = at.get().parent()) {
            if (roles.getOrDefault(at.get(), Set.of()).stream()
                    .anyMatch(role -> role.permissions().contains(permission))) {
                return true;
            }
        }
        return false;
    }

    /// Where something is allowed, for lists that show only that.
    public Reach reach(Permission permission) {
        List<Scope> scopes = roles.entrySet().stream()
                .filter(grant -> grant.getValue().stream()
                        .anyMatch(role -> role.permissions().contains(permission)))
                .map(Map.Entry::getKey)
                .toList();
        return new Reach(
                scopes.contains(Scope.SERVER),
                names(scopes, Scope::vaultName),
                names(scopes, Scope::groupName),
                names(scopes, Scope::diskPath),
                scopes.stream().map(Scope::text).toList());
    }

    private static List<String> names(List<Scope> scopes, Function<Scope, Optional<String>> name) {
        return scopes.stream().flatMap(scope -> name.apply(scope).stream()).toList();
    }

    /// How far something is allowed. The lists are for SQL, which takes no empty ones: they have at least one element,
    /// a text that names nothing.
    ///
    /// @param everywhere on the whole server; then the lists say nothing
    /// @param disks as `group/name`, beside those in the groups
    /// @param scopes all of them
    public record Reach(
            boolean everywhere, List<String> vaults, List<String> groups, List<String> disks, List<String> scopes) {
        public Reach {
            vaults = atLeastOne(vaults);
            groups = atLeastOne(groups);
            disks = atLeastOne(disks);
            scopes = atLeastOne(scopes);
        }

        private static List<String> atLeastOne(List<String> names) {
            return names.isEmpty() ? List.of("") : List.copyOf(names);
        }
    }
}
