package io.diskvault.access;

import io.diskvault.command.CommandRejected;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.util.Map;
import java.util.Optional;

/// Lets a request through to its endpoint if its caller may use it. Denies what has not been declared.
///
/// It never looks whether the thing is there: who may not see a vault gets the same answer for one that exists and for
/// one that does not.
@ServerFilter({"/api/**", "/metrics"})
final class AccessFilter implements Ordered {
    private final Access access;

    AccessFilter(Access access) {
        this.access = access;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void check(HttpRequest<?> request) {
        Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
        if (route.isPresent()) {
            AnnotationMetadata declared = route.get().getAnnotationMetadata();
            Permission permission = declared.enumValue(Allow.class, Permission.class)
                    .orElseThrow(() -> new CommandRejected(
                            RoleRejection.FORBIDDEN, "Nobody may use this endpoint: it declares no permission."));
            if (!declared.booleanValue(Allow.class, "checkedInside").orElse(false)) {
                access.require(permission, scopeOf(route.get().getVariableValues()));
            }
        }
    }

    static Scope scopeOf(Map<String, Object> variables) {
        Object vault = variables.get("vault");
        Object group = variables.get("group");
        Object disk = variables.get("disk");
        Object guard = variables.get("guard");
        if (vault != null) {
            return Scope.vault(vault.toString());
        } else if (group != null) {
            return disk == null ? Scope.group(group.toString()) : Scope.disk(group.toString(), disk.toString());
        }
        return guard == null ? Scope.SERVER : Scope.guard(guard.toString());
    }
}
