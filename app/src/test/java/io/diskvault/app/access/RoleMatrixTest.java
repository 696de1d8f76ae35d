package io.diskvault.app.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Role;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every endpoint of the whole program, asked with every role at every distance, does what the table in `docs/roles.md`
/// says, and that table is what the program has.
class RoleMatrixTest {
    private static final String MISSING = "There is nothing at ";

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static final Map<String, String> TOKENS = new HashMap<>();

    /// Where the caller has its role.
    private enum Placement {
        /// On the server, which has everything.
        SERVER,
        /// On what the address names.
        SCOPE,
        /// On the group of the disk that the address names; as `SCOPE` for everything else.
        GROUP,
        /// On something of the same kind.
        ELSEWHERE
    }

    private enum Outcome {
        LET_IN,
        FORBIDDEN,
        HIDDEN
    }

    /// @param path with real vault, group and disk, and with ghosts of everything else, so that nothing is destroyed
    private record Endpoint(
            HttpMethod method, String template, String path, Permission permission, boolean checkedInside) {
        static Endpoint of(UriRouteInfo<?, ?> route) {
            String template = route.getUriMatchTemplate().toPathString();
            Permission permission = route.getTargetMethod()
                    .enumValue(Allow.class, Permission.class)
                    .orElseThrow(() -> new AssertionError(route + " declares no permission"));
            String path = template.replace("{vault}", "prod")
                    .replace("{group}", "vm-disks")
                    .replace("{disk}", "web-1")
                    .replace("{guard}", "main")
                    .replaceAll("\\{[a-z]+}", "ghost");
            return new Endpoint(
                    route.getHttpMethod(),
                    template,
                    path,
                    permission,
                    route.getTargetMethod()
                            .booleanValue(Allow.class, "checkedInside")
                            .orElse(false));
        }

        /// The scope of the address, at a placement.
        String scope(Placement placement) {
            String kind = template.contains("{vault}")
                    ? "vault:prod"
                    : template.contains("{disk}")
                            ? placement == Placement.GROUP ? "group:vm-disks" : "disk:vm-disks/web-1"
                            : template.contains("{group}")
                                    ? "group:vm-disks"
                                    : template.contains("{guard}") ? "guard:main" : "server";
            return switch (placement) {
                case SERVER -> "server";
                case SCOPE, GROUP -> kind;
                case ELSEWHERE -> kind.equals("vault:prod") ? "vault:other" : "group:snapshots";
            };
        }

        Outcome expected(Role role, Placement placement) {
            String own = scope(Placement.SCOPE);
            if (placement != Placement.ELSEWHERE && role.permissions().contains(permission)) {
                return Outcome.LET_IN;
            }
            if (own.equals("server")) {
                return Outcome.FORBIDDEN;
            }
            Permission sight = own.startsWith("vault:")
                    ? Permission.VAULTS_READ
                    : own.startsWith("disk:")
                            ? Permission.DISKS_READ
                            : own.startsWith("guard:") ? Permission.GUARDS_READ : Permission.GROUPS_READ;
            return placement != Placement.ELSEWHERE && role.permissions().contains(sight)
                    ? Outcome.FORBIDDEN
                    : Outcome.HIDDEN;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        Protected.configure(server, directory);
        server.put("/api/v1/backup-vaults/other", "{}");
        server.put("/api/v1/resource-guards/main", "{}");
        // Before the guard is in use: then it would have to approve whom it gets.
        tokenOf(Role.BACKUP_MUA_ADMIN, "server");
        tokenOf(Role.BACKUP_MUA_ADMIN, "guard:main");
        // In use, so that it is there still when it was deleted.
        server.put("/api/v1/backup-vaults/other/resource-guard", "{\"guard\":\"main\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<UriRouteInfo<?, ?>> routes() {
        List<UriRouteInfo<?, ?>> routes = new ArrayList<>();
        server.part(Router.class).uriRoutes().forEach(route -> {
            boolean implicit = route.getHttpMethod() == HttpMethod.HEAD;
            String template = route.getUriMatchTemplate().toPathString();
            if (!implicit && (template.startsWith("/api/") || template.equals("/metrics"))) {
                routes.add(route);
            }
        });
        return routes;
    }

    private static String tokenOf(Role role, String scope) {
        return TOKENS.computeIfAbsent(role.text() + " at " + scope, _ -> {
            String name = "p" + TOKENS.size() + "-x";
            Answer issued = server.post(
                    "/api/v1/tokens",
                    "{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(name, role.text(), scope));
            assertEquals(201, issued.status(), () -> issued.body().toString());
            return issued.body().get("token").asText();
        });
    }

    private static Outcome ask(Endpoint endpoint, String token) {
        Answer answer = TestServer.send(HttpRequest.newBuilder(server.url().resolve(endpoint.path()))
                .header("Authorization", "Bearer " + token)
                .method(endpoint.method().name(), BodyPublishers.noBody())
                .build());
        assertTrue(answer.status() != 401 && answer.status() < 500, () -> endpoint + ": " + answer);
        if (answer.status() == 403) {
            return Outcome.FORBIDDEN;
        }
        boolean hidden =
                answer.status() == 404 && answer.body().path("detail").asText().startsWith(MISSING);
        return hidden ? Outcome.HIDDEN : Outcome.LET_IN;
    }

    @Test
    void everyEndpointLetsInWhomTheTableLetsIn() {
        List<Endpoint> endpoints =
                routes().stream().map(Endpoint::of).distinct().toList();
        Map<Outcome, Integer> outcomes = new TreeMap<>();
        int checkedInside = 0;
        for (Endpoint endpoint : endpoints) {
            if (endpoint.checkedInside()) {
                checkedInside++;
                continue;
            }
            for (Role role : Role.values()) {
                for (Placement placement : Placement.values()) {
                    Outcome outcome = ask(endpoint, tokenOf(role, endpoint.scope(placement)));
                    Outcome expected = endpoint.expected(role, placement);
                    assertEquals(
                            expected,
                            outcome,
                            () -> "%s %s as %s at %s"
                                    .formatted(
                                            endpoint.method(),
                                            endpoint.path(),
                                            role.text(),
                                            endpoint.scope(placement)));
                    outcomes.merge(outcome, 1, Integer::sum);
                }
            }
        }
        System.out.printf(
                "role matrix: %d endpoints, %d of them checked inside; %d roles, %d requests %s%n",
                endpoints.size(),
                checkedInside,
                Role.values().length,
                outcomes.values().stream().mapToInt(Integer::intValue).sum(),
                outcomes);
        assertEquals(Set.of(Outcome.values()), outcomes.keySet());
    }

    @Test
    void aTokenWithoutAnyRoleIsLetInNowhere() {
        Answer issued = server.post("/api/v1/tokens", "{\"name\":\"nobody\"}");
        String token = issued.body().get("token").asText();
        for (UriRouteInfo<?, ?> route : routes()) {
            Endpoint endpoint = Endpoint.of(route);
            if (!endpoint.checkedInside()) {
                assertTrue(ask(endpoint, token) != Outcome.LET_IN, endpoint::toString);
            }
        }
    }

    @Test
    void withACookieAloneEverythingIsReadAndNothingChanged() {
        Answer session = server.post("/api/v1/session", "{}");
        String cookie = session.header("set-cookie").split(";", 2)[0];
        long before = events();
        int refused = 0;
        for (Endpoint endpoint : routes().stream().map(Endpoint::of).distinct().toList()) {
            Answer answer = TestServer.send(HttpRequest.newBuilder(server.url().resolve(endpoint.path()))
                    .header("Cookie", cookie)
                    .header("Origin", "http://" + server.url().getAuthority())
                    .method(endpoint.method().name(), BodyPublishers.noBody())
                    .build());
            if (endpoint.method() == HttpMethod.GET) {
                assertTrue(answer.status() != 401 && answer.status() != 403, () -> endpoint + ": " + answer);
            } else {
                assertEquals("UserErrorCsrfTokenInvalid", answer.code(), () -> endpoint + ": " + answer);
                assertEquals(403, answer.status());
                refused++;
            }
        }
        System.out.printf("refused to a cookie alone: %d endpoints%n", refused);
        assertTrue(refused > 20);
        assertEquals(before, events());
    }

    private static long events() {
        return server.part(EventStore.class).createHeadToken().position().orElseThrow();
    }

    @Test
    void theTableInTheDocumentationIsWhatTheRolesAllow() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "roles.md"));
        List<String> heads = lines.stream()
                .filter(line -> line.startsWith("| operation"))
                .map(RoleMatrixTest::cells)
                .findFirst()
                .orElseThrow();
        Set<Permission> listed = new HashSet<>();
        for (String line : lines) {
            if (!line.startsWith("| `")) {
                continue;
            }
            List<String> cells = cells(line);
            Permission permission =
                    Permission.of(cells.getFirst().replace("`", "")).orElseThrow(() -> new AssertionError(line));
            listed.add(permission);
            for (int i = 2; i < cells.size(); i++) {
                Role role = Role.of(heads.get(i));
                assertEquals(
                        role.permissions().contains(permission),
                        cells.get(i).equals("yes"),
                        () -> role.text() + ": " + line);
            }
        }
        assertEquals(Set.of(Permission.values()), listed);
        assertEquals(2 + Role.values().length, heads.size());
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1, line.length() - 1).split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }
}
