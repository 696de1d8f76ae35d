package io.diskvault.app.openapi;

import static io.diskvault.app.openapi.Operation.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A server on which there is something of everything, so that the examples of the description are requests that work.
final class Fixture implements AutoCloseable {
    private static final String API = "/api/v1";

    private final Path directory;
    private final TestServer server;
    private final Map<String, String> ids = new HashMap<>();
    private int restores;
    private String approver = "";
    private Answer session = new Answer(0, Map.of(), JSON.createObjectNode());

    Fixture(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectory(directory.resolve("scratch"));
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 12);
        Protected.makeDisk(directory, "web-2.img", 2, 1 << 12);
        Protected.makeDisk(directory, "web-3.img", 3, 1 << 12);
        Map<String, Object> settings = Protected.settings(TestDatabase.POSTGRESQL, directory);
        // Wrong secrets are part of the walk.
        settings.put("diskvault.sign-in.failures", 1_000_000);
        settings.put("diskvault.sign-in.failures-overall", 1_000_000);
        settings.put("diskvault.limits.on-demand-backups-per-day", 1_000);
        settings.put("diskvault.limits.restores-per-day", 1_000);
        server = TestServer.start(settings);
    }

    TestServer server() {
        return server;
    }

    void fill() {
        Protected.configure(server, directory);
        ok(server.put(
                API + "/resource-groups/scratch", "{\"disksRoot\":\"%s\"}".formatted(directory.resolve("scratch"))));
        ids.put("from", Protected.backUp(server).get("recoveryPoint").asText());
        JsonNode job = Protected.backUp(server);
        ids.put("job", job.get("id").asText());
        ids.put("point", job.get("recoveryPoint").asText());
        ok(server.put(
                Protected.VAULT_PATH + "/restore-test-plan",
                body(Objects.requireNonNull(Examples.BODIES.get("PlanRequest"))).toString()));
        ids.put("token", id(server.post(API + "/tokens", "{\"name\":\"spare\"}")));
        ids.put("assignment", id(assign("carol", "Backup Reader", "vault:prod")));
        // Shorter than before, which is an alert.
        ok(server.put(Protected.VAULT_PATH + "/backup-policies/shrinking", policy("P9D")));
        ok(server.send("PUT", Protected.VAULT_PATH + "/backup-policies/shrinking", policy("P8D"), "If-Match", "*"));
        protect("web-2");
        protect("web-3");
        assertEquals(
                204,
                server.delete(Protected.VAULT_PATH + "/backup-instances/web-3").status());
        ok(server.put(API + "/resource-groups/vm-disks/disks/spare", "{\"source\":\"file:web-3.img\"}"));
        ok(server.put(API + "/resource-groups/spare", "{\"disksRoot\":\"%s\"}".formatted(directory)));
        ok(server.put(API + "/backup-vaults/spare", "{}"));
        ok(server.put(API + "/resource-guards/spare", "{}"));
        String links = Protected.INSTANCE_PATH + "/recovery-points/" + ids.get("point") + "/links";
        JsonNode link = ok(server.post(links, "{}"));
        ids.put("link", link.get("id").asText());
        ids.put("secret", link.get("url").asText().replaceFirst(".*/", ""));
        ids.put("export", id(server.post(Protected.INSTANCE_PATH + "/exports", "{\"recoveryPoint\":\"latest\"}")));
        guard();
        session = server.post(API + "/session", "{}");
        ids.put("session", id(server.post(API + "/session", "{}")));
        server.part(Views.class).catchUp();
        JsonNode alerts = server.get(API + "/alerts").body().get("items");
        ids.put("alert", alerts.path(0).path("id").asText(Examples.ID));
    }

    private void protect(String name) {
        ok(server.put(API + "/resource-groups/vm-disks/disks/" + name, "{\"source\":\"file:%s.img\"}".formatted(name)));
        ok(server.put(
                Protected.VAULT_PATH + "/backup-instances/" + name,
                "{\"disk\":\"vm-disks/%s\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}"
                        .formatted(name)));
    }

    /// Three vaults under a guard, of which somebody wanted to take each off.
    private void guard() {
        ok(server.put(API + "/resource-guards/main", "{}"));
        assign("bob", "Backup MUA Admin", "server");
        assign("dora", "Backup MUA Admin", "server");
        approver = ok(server.post(API + "/tokens", "{\"name\":\"bob-token\",\"principal\":\"bob\"}"))
                .get("token")
                .asText();
        for (String action : new String[] {"approve", "deny", "cancel"}) {
            String vault = API + "/backup-vaults/guarded-" + action;
            ok(server.put(vault, "{}"));
            ok(server.put(vault + "/resource-guard", "{\"guard\":\"main\"}"));
            assertEquals(403, server.delete(vault + "/resource-guard").status());
        }
        server.part(Views.class).catchUp();
        server.get(API + "/approval-requests")
                .body()
                .get("items")
                .forEach(request -> ids.put(
                        request.get("resource").asText().replaceFirst(".*guarded-", ""),
                        request.get("id").asText()));
    }

    private Answer assign(String principal, String role, String scope) {
        return server.post(
                API + "/role-assignments",
                "{\"principal\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(principal, role, scope));
    }

    private static String policy(String duration) {
        return """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/PT12H"]},
                 "retention":[{"tag":"Default","duration":"%s"}]}""".formatted(duration);
    }

    private static JsonNode ok(Answer answer) {
        assertTrue(answer.status() == 200 || answer.status() == 201, answer::toString);
        return answer.body();
    }

    private static String id(Answer answer) {
        return ok(answer).get("id").asText();
    }

    /// Something that is there, for a part of an operation's path.
    String part(Operation operation, JsonNode parameter) {
        String name = parameter.get("name").asText();
        String path = operation.path();
        return switch (name) {
            case "id" -> Objects.requireNonNull(ids.get(kindOf(path)), path);
            case "from", "point", "secret" -> Objects.requireNonNull(ids.get(name));
            case "to" -> Objects.requireNonNull(ids.get("point"));
            case "instance" ->
                path.endsWith("/undelete") ? "web-2" : path.contains("deleted-backup-instances") ? "web-3" : "web-1";
            case "vault" -> vault(operation, parameter.get("example").asText());
            default -> spare(operation, parameter.get("example").asText());
        };
    }

    /// One of whose guard somebody else has approved the removal.
    private static String vault(Operation operation, String usual) {
        return operation.path().endsWith("/resource-guard") ? "guarded-approve" : spare(operation, usual);
    }

    /// What nobody needs is deleted, and a guard is weakened that protects nothing.
    private static String spare(Operation operation, String usual) {
        return switch (operation.id()) {
            case "vaultDelete", "resourceGroupDelete", "guardDelete", "guardPut" -> "spare";
            case "diskDelete" -> usual.equals("web-1") ? "spare" : usual;
            case "policyDelete" -> usual.equals("gold") ? "shrinking" : usual;
            case "instanceDelete" -> usual.equals("web-1") ? "web-2" : usual;
            default -> usual;
        };
    }

    private static String kindOf(String path) {
        String thing = path.substring(API.length() + 1, path.indexOf("/{id}"));
        return switch (thing) {
            case "alerts" -> "alert";
            case "approval-requests" -> path.endsWith("{id}") ? "approve" : path.replaceFirst(".*/", "");
            case "backup-jobs" -> "job";
            case "exports" -> "export";
            case "recovery-point-links" -> "link";
            case "role-assignments" -> "assignment";
            case "sessions" -> "session";
            case "tokens" -> "token";
            default -> throw new AssertionError("make one of the " + thing + " for the walk");
        };
    }

    /// The example of a body, with what is on this machine.
    JsonNode body(Operation operation) {
        return body(operation.body().orElseThrow().get("example"));
    }

    private JsonNode body(Object example) {
        return real(JSON.valueToTree(example));
    }

    private JsonNode real(JsonNode example) {
        if (example instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(real(field.getValue())));
        } else if (example instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, real(list.get(i)));
            }
        }
        return switch (example.asText()) {
            case "/var/lib/disks" -> JSON.valueToTree(directory.resolve("disks").toString());
            case "the-secret-of-a-token-as-it-was-issued" -> JSON.valueToTree(TestServer.TOKEN);
            case "web-1-restored" -> JSON.valueToTree("restored-" + ++restores);
            default -> example;
        };
    }

    /// Who asks, and what else a request to an operation has to have.
    Map<String, String> headers(Operation operation) {
        Map<String, String> headers =
                new HashMap<>(Map.of("Authorization", "Bearer " + TestServer.TOKEN, "Accept", "*/*"));
        if (operation.path().matches(".*/\\{id}/(approve|deny)")) {
            headers.put("Authorization", "Bearer " + approver);
        } else if (operation.path().equals(API + "/session")
                && !operation.verb().equals("POST")) {
            headers.remove("Authorization");
            headers.put("Cookie", session.header("set-cookie").split(";", 2)[0]);
            headers.put("Origin", "http://" + server.url().getAuthority());
            headers.put("X-CSRF-Token", session.body().path("csrfToken").asText());
        } else if (operation.parameters("header").stream()
                .anyMatch(header -> header.get("name").asText().equals("If-Match"))) {
            headers.put("If-Match", "*");
        }
        return headers;
    }

    @Override
    public void close() {
        server.close();
    }
}
