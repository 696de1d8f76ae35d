package io.diskvault.app.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Guarded;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a stolen token of a Backup Contributor at one vault can do at worst: whoever has it does everything at once
/// that harms, then everything else that the program offers. `docs/threat-model.md` says the same in a table.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are set before the first test
class StolenTokenTest {
    private static final String API = "/api/v1/";
    private static final String ADMINISTRATORS_TOKEN = "00000000-0000-4000-8000-000000000001";

    @TempDir
    static Path directory;

    TestServer server;
    Guarded world;

    @BeforeAll
    void start() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 12);
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        Protected.configure(server, directory);
        world = new Guarded(server, directory);
        world.vault("other");
        world.backUp("other");
        ok(server.put(API + "resource-guards/main", "{}"));
        world.token("approver", "Backup MUA Admin", "guard:main");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static void ok(Answer answer) {
        assertTrue(answer.status() / 100 == 2, answer::toString);
    }

    private JsonNode show(String path) {
        return server.get(API + path).body();
    }

    /// What must be the same after every attack: everything outside the vault.
    private List<JsonNode> outside() {
        return Stream.of(
                        "role-assignments?limit=500",
                        "resource-groups",
                        "resource-guards",
                        "backup-vaults/other",
                        "backup-vaults/other/resource-guard",
                        "backup-vaults/other/backup-policies",
                        "backup-vaults/other/backup-instances/web",
                        "backup-vaults/other/backup-instances/web/recovery-points",
                        "resource-groups/vm-disks/disks/other")
                .map(this::show)
                .toList();
    }

    /// One thief with one vault.
    private final class Thief {
        private final String vault;
        private final String point;
        private final String token;
        private int requests;

        Thief(String vault, String point) {
            this.vault = vault;
            this.point = point;
            this.token = world.token("thief-of-" + vault, "Backup Contributor", "vault:" + vault);
        }

        private void send(String method, String path, @Nullable String json) {
            Answer answer = world.as(token, method, path, json);
            assertTrue(answer.status() < 500, () -> method + " " + path + ": " + answer);
            requests++;
        }

        /// Everything that harms, in the order in which it harms most.
        void destroy() {
            String home = "backup-vaults/" + vault;
            String web = home + "/backup-instances/web";
            send("DELETE", home + "/resource-guard", null);
            send("PUT", home, "{\"immutability\":\"Disabled\"}");
            send("PUT", home, "{\"softDelete\":{\"state\":\"Off\"}}");
            send("PUT", home + "/backup-policies/gold", Guarded.policy(1));
            send("PUT", web, Guarded.instance(vault, "silver", false));
            send("DELETE", web + "/recovery-points/" + point + "/legal-hold", null);
            send(
                    "POST",
                    web + "/restores",
                    "{\"recoveryPoint\":\"%s\",\"target\":{\"originalDisk\":true,\"confirm\":\"vm-disks/%s\",\"grantMissing\":true}}"
                            .formatted(point, vault));
            send("POST", web + "/suspend-backups", null);
            send("POST", web + "/stop-protection", null);
            send("DELETE", web, null);
            send("DELETE", home + "/deleted-backup-instances/web", null);
            send("DELETE", home, null);
        }

        /// Every endpoint of the program, with what it is about: in the vault, and beyond.
        void tryEverything() {
            TreeSet<String> endpoints = new TreeSet<>();
            server.part(Router.class).uriRoutes().forEach(route -> {
                String template = route.getUriMatchTemplate().toPathString();
                if (template.startsWith(API) && route.getHttpMethod() != HttpMethod.HEAD) {
                    endpoints.add(route.getHttpMethod() + " " + template.substring(API.length()));
                }
            });
            for (String at : List.of(vault, "other")) {
                for (String endpoint : endpoints) {
                    String method = endpoint.substring(0, endpoint.indexOf(' '));
                    String template = endpoint.substring(endpoint.indexOf(' ') + 1);
                    send(method, real(template, at), method.equals("GET") ? null : bodyOf(template, at));
                }
            }
        }

        private String real(String template, String at) {
            return template.replace("{vault}", at)
                    .replace("{instance}", "web")
                    .replace("{policy}", "gold")
                    .replace("{point}", point)
                    .replace("{group}", "vm-disks")
                    .replace("{disk}", at)
                    .replace("{guard}", "main")
                    .replace("{name}", "web")
                    .replace("{id}", template.contains("{id}") ? idFor(template) : "")
                    .replaceAll("\\{[a-zA-Z]+}", "ghost");
        }

        private String idFor(String template) {
            if (template.startsWith("tokens/")) {
                return ADMINISTRATORS_TOKEN;
            }
            JsonNode items = show(template.substring(0, template.indexOf('/'))).path("items");
            return items.isEmpty()
                    ? ADMINISTRATORS_TOKEN
                    : items.get(0).get("id").asText();
        }

        private String bodyOf(String template, String at) {
            Map<String, String> bodies = Map.of(
                    "backup-vaults/{vault}",
                    "{\"softDelete\":{\"state\":\"Off\"},\"immutability\":\"Disabled\"}",
                    "backup-vaults/{vault}/backup-policies/{policy}",
                    Guarded.policy(1),
                    "backup-vaults/{vault}/backup-instances/{name}",
                    Guarded.instance(at, "silver", true),
                    "backup-vaults/{vault}/resource-guard",
                    "{\"guard\":\"main\"}",
                    "backup-vaults/{vault}/backup-instances/{instance}/restores",
                    "{\"recoveryPoint\":\"%s\",\"target\":{\"resourceGroup\":\"vm-disks\",\"diskName\":\"loot\",\"grantMissing\":true}}"
                            .formatted(point),
                    "resource-groups/{group}",
                    "{\"disksRoot\":\"/\"}",
                    "role-assignments",
                    "{\"principal\":\"thief-of-%s\",\"role\":\"Owner\",\"scope\":\"server\"}".formatted(vault),
                    "tokens",
                    "{\"name\":\"spare\",\"principal\":\"administrator\"}");
            return bodies.getOrDefault(template, "{}");
        }

        /// Attacks, and finds that nothing outside the vault has changed and all is in the history.
        void attack() {
            List<JsonNode> before = outside();
            destroy();
            tryEverything();
            destroy();
            assertEquals(before, outside());
            JsonNode restores = show("backup-jobs?operation=Restore&limit=500");
            assertTrue(!restores.toString().contains("\"overwrite\":true"), restores::toString);
            JsonNode verified = server.post(API + "audit/verification", "{}").body();
            assertTrue(verified.get("intact").asBoolean(), verified::toString);
            long events = history()
                    .lines()
                    .filter(line -> line.contains("\"thief-of-" + vault + "\""))
                    .count();
            assertTrue(events > 1, () -> "the history does not know the thief of " + vault);
            System.out.printf("stolen token at %s: %d requests, %d events of its own%n", vault, requests, events);
        }
    }

    private String history() {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.url().resolve(API + "audit/events"))
                                    .header("Authorization", "Bearer " + TestServer.TOKEN)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private JsonNode instance(String vault) {
        return show("backup-vaults/" + vault + "/backup-instances/web");
    }

    private void lives(String vault, String point) {
        JsonNode live = show("backup-vaults/" + vault + "/backup-instances/web/recovery-points")
                .get("items");
        assertTrue(live.toString().contains(point), live::toString);
    }

    @Test
    void inAPlainVaultEverythingIsLost() {
        world.vault("plain");
        String point = world.backUp("plain");
        new Thief("plain", point).attack();
        JsonNode left =
                show("backup-vaults/plain/backup-instances/web/recovery-points").path("items");
        assertTrue(!left.toString().contains(point), left::toString);
    }

    @Test
    void whereSoftDeleteIsAlwaysOnEverythingComesBack() {
        world.vault("always");
        String point = world.backUp("always");
        ok(server.put(API + "backup-vaults/always", "{\"softDelete\":{\"state\":\"AlwaysOn\"}}"));
        new Thief("always", point).attack();
        server.post(API + "backup-vaults/always/deleted-backup-instances/web/undelete", null);
        assertEquals(
                "ProtectionStopped", instance("always").get("protectionState").asText());
        lives("always", point);
    }

    @Test
    void withAResourceGuardNothingIsWeakened() {
        world.vault("guarded");
        String point = world.backUp("guarded");
        world.link("guarded", "main");
        JsonNode vault = show("backup-vaults/guarded");
        JsonNode policies = show("backup-vaults/guarded/backup-policies");
        new Thief("guarded", point).attack();
        assertEquals(vault, show("backup-vaults/guarded"));
        assertEquals(policies, show("backup-vaults/guarded/backup-policies"));
        assertEquals(
                "main",
                show("backup-vaults/guarded/resource-guard").get("guard").asText());
        assertEquals("gold", instance("guarded").get("policy").asText());
        assertEquals(
                "ProtectionConfigured",
                instance("guarded").get("protectionState").asText());
        lives("guarded", point);
        assertTrue(show("approval-requests?status=Requested").toString().contains("thief-of-guarded"));
        assertEquals(0, show("approval-requests?status=Approved").get("items").size());
    }

    @Test
    void inALockedVaultNoPointGoes() {
        world.vault("locked");
        String point = world.backUp("locked");
        ok(server.put(API + "backup-vaults/locked", "{\"immutability\":\"Unlocked\"}"));
        ok(server.put(API + "backup-vaults/locked", "{\"immutability\":\"Locked\"}"));
        String until = show("backup-vaults/locked/backup-instances/web/recovery-points/" + point)
                .get("expiryTime")
                .asText();
        new Thief("locked", point).attack();
        assertEquals("Locked", show("backup-vaults/locked").get("immutability").asText());
        lives("locked", point);
        assertEquals(
                until,
                show("backup-vaults/locked/backup-instances/web/recovery-points/" + point)
                        .get("expiryTime")
                        .asText());
    }
}
