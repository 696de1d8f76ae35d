package io.diskvault.app.openapi;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Role;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.MediaType;
import io.micronaut.security.annotation.Secured;
import io.micronaut.web.router.UriRouteInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A way into the server, as its router has it.
///
/// @param method of the controller
/// @param signedIn whether only who is signed in gets as far as this
/// @param checkedInside whether everybody is let in, and shown only what he may see
record Route(
        String verb,
        String path,
        Method method,
        String produces,
        boolean signedIn,
        Permission permission,
        boolean checkedInside) {
    static final String PREFIX = "/api/v1";

    /// Those that the description is about, in its order.
    static List<Route> described(Collection<UriRouteInfo<?, ?>> routes) {
        return routes.stream()
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD || isExplicit(route))
                .filter(route -> templateOf(route).startsWith(PREFIX + "/")
                        || templateOf(route).equals("/metrics"))
                .map(Route::of)
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::verb))
                .distinct()
                .toList();
    }

    /// The router adds a HEAD to every GET.
    private static boolean isExplicit(UriRouteInfo<?, ?> route) {
        return route.getTargetMethod().hasAnnotation(io.micronaut.http.annotation.Head.class);
    }

    private static String templateOf(UriRouteInfo<?, ?> route) {
        return route.getUriMatchTemplate().toPathString();
    }

    private static Route of(UriRouteInfo<?, ?> route) {
        AnnotationMetadata declared = route.getTargetMethod().getAnnotationMetadata();
        return new Route(
                route.getHttpMethod().name().toLowerCase(Locale.ROOT),
                templateOf(route),
                route.getTargetMethod().getTargetMethod(),
                route.getProduces().stream().map(MediaType::getName).findFirst().orElse(MediaType.APPLICATION_JSON),
                declared.stringValues(Secured.class).length == 0,
                declared.enumValue(Allow.class, Permission.class).orElseThrow(),
                declared.booleanValue(Allow.class, "checkedInside").orElse(false));
    }

    /// As tools call it: `backupJobsCancel`.
    String id() {
        String name = method.getDeclaringClass().getSimpleName().replaceAll("Controller$", "");
        String action = method.getName();
        return Character.toLowerCase(name.charAt(0))
                + name.substring(1)
                + Character.toUpperCase(action.charAt(0))
                + action.substring(1);
    }

    /// What it is about: the first thing in the path, or, below a vault or a group, the second.
    String tag() {
        List<String> words = things();
        boolean nested =
                words.size() > 1 && List.of("backup-vaults", "resource-groups").contains(words.getFirst());
        return nested ? words.get(1) : words.getFirst();
    }

    List<String> things() {
        return Arrays.stream(path.replaceFirst("^" + PREFIX, "").split("/", -1))
                .filter(segment -> !segment.isEmpty() && !segment.startsWith("{"))
                .toList();
    }

    boolean isOfOne() {
        return path.endsWith("}");
    }

    /// Who is let in.
    List<String> roles() {
        return Arrays.stream(Role.values())
                .filter(role -> role.permissions().contains(permission))
                .map(Role::text)
                .toList();
    }

    /// Where the role has to be.
    String scope() {
        if (path.contains("{vault}")) {
            return "the vault";
        } else if (path.contains("{disk}")) {
            return "the disk";
        } else if (path.contains("{group}")) {
            return "the resource group";
        }
        return path.contains("{guard}") ? "the resource guard" : "the server";
    }
}
