package io.diskvault.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Guarded;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A guard protects itself: who may approve, and which vaults it guards.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are set before the first test
class GuardEndpointsTest {
    private static final String ADMIN = TestServer.TOKEN;
    private static final String REQUIRED = "UserErrorResourceGuardApprovalRequired";

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
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static void ok(Answer answer) {
        assertTrue(answer.status() / 100 == 2, answer::toString);
    }

    private static void code(String code, Answer answer) {
        assertEquals(code, answer.code(), answer::toString);
    }

    /// A guard of its own with one approver, on a vault of the same name.
    ///
    /// @return the approver's token
    private String guarded(String name) {
        ok(world.as(ADMIN, "PUT", "resource-guards/" + name, "{}"));
        world.vault(name);
        String approver = world.token("approver-of-" + name, "Backup MUA Admin", "guard:" + name);
        world.link(name, name);
        return approver;
    }

    private Answer grant(String principal, String scope) {
        return world.as(
                ADMIN,
                "POST",
                "role-assignments",
                "{\"principal\":\"%s\",\"role\":\"Backup MUA Admin\",\"scope\":\"%s\"}".formatted(principal, scope));
    }

    private Answer decide(String token, JsonNode request, String verb) {
        return world.as(token, "POST", "approval-requests/" + request.get("id").asText() + "/" + verb, null);
    }

    /// Is refused, is approved, and takes place.
    private void takesApproval(String approver, String method, String path, @Nullable String json) {
        JsonNode request = world.requestIn(world.as(ADMIN, method, path, json));
        code("UserErrorForbidden", decide(ADMIN, request, "approve"));
        ok(decide(approver, request, "approve"));
        ok(world.as(ADMIN, method, path, json));
    }

    @Test
    void isMadeChangedAndDeletedWhileNoVaultHasIt() {
        Answer made = world.as(ADMIN, "PUT", "resource-guards/alone", "{\"operations\":[\"DeleteData\"]}");
        assertEquals(201, made.status());
        assertEquals(
                "[\"DeleteData\",\"RemoveGuard\",\"ChangeApprovers\"]",
                made.body().get("operations").toString());
        ok(world.as(ADMIN, "PUT", "resource-guards/alone", "{\"operations\":[]}"));
        code("UserErrorInvalidRequest", world.as(ADMIN, "PUT", "resource-guards/alone", "{\"operations\":[\"x\"]}"));
        ok(grant("somebody", "guard:alone"));
        ok(world.as(ADMIN, "DELETE", "resource-guards/alone", null));
        code("UserErrorResourceGuardNotFound", world.as(ADMIN, "GET", "resource-guards/alone", null));
        assertFalse(server.get("/api/v1/role-assignments?limit=500")
                .body()
                .toString()
                .contains("guard:alone"));
        code("UserErrorGenericResourceNotFound", grant("somebody", "guard:alone"));
    }

    @Test
    void isPutOnAVaultByWhoMayWriteTheVaultAndSeeTheGuard() {
        world.vault("linked");
        ok(world.as(ADMIN, "PUT", "resource-guards/linked", "{}"));
        String path = "backup-vaults/linked/resource-guard";
        String body = "{\"guard\":\"linked\"}";
        String writer = world.token("writer", "Backup Contributor", "vault:linked");
        assertEquals(404, world.as(writer, "PUT", path, body).status());
        code("UserErrorResourceGuardNotFound", world.as(ADMIN, "PUT", path, "{\"guard\":\"ghost\"}"));
        code("UserErrorInvalidRequest", world.as(ADMIN, "PUT", path, "{}"));
        code("UserErrorResourceGuardWithoutApprover", world.as(ADMIN, "PUT", path, body));
        world.token("seer", "Backup MUA Admin", "guard:linked");
        ok(world.as(
                ADMIN,
                "POST",
                "role-assignments",
                "{\"principal\":\"writer\",\"role\":\"Backup Reader\",\"scope\":\"guard:linked\"}"));
        ok(world.as(writer, "PUT", path, body));
        ok(world.as(writer, "PUT", path, body));
        assertEquals(
                "linked",
                world.as(writer, "GET", path, null).body().get("guard").asText());
        assertEquals(
                "[\"linked\"]",
                server.get("/api/v1/resource-guards/linked")
                        .body()
                        .get("vaults")
                        .toString());
        code("UserErrorResourceGuardInUse", world.as(ADMIN, "DELETE", "resource-guards/linked", null));
        assertTrue(server.get("/api/v1/backup-vaults/prod/resource-guard")
                .body()
                .get("guard")
                .isNull());
    }

    @Test
    void comesOffAVaultOnlyWithItsOwnApproval() {
        String approver = guarded("off");
        String path = "backup-vaults/off/resource-guard";
        ok(world.as(ADMIN, "PUT", "resource-guards/lax", "{\"operations\":[]}"));
        world.token("lax-one", "Backup MUA Admin", "guard:lax");
        code(REQUIRED, world.as(ADMIN, "PUT", path, "{\"guard\":\"lax\"}"));
        takesApproval(approver, "PUT", "resource-guards/off", "{\"operations\":[\"DeleteData\"]}");
        ok(world.as(ADMIN, "POST", "backup-vaults/off/backup-instances/web/suspend-backups", null));
        takesApproval(approver, "DELETE", path, null);
        assertTrue(server.get("/api/v1/" + path).body().get("guard").isNull());
        ok(world.as(ADMIN, "DELETE", "resource-guards/off", null));
    }

    @Test
    void anEmptyVaultTakesItsGuardWithIt() {
        ok(world.as(ADMIN, "PUT", "backup-vaults/empty", "{}"));
        ok(world.as(ADMIN, "PUT", "resource-guards/empty", "{}"));
        String approver = world.token("approver-of-empty", "Backup MUA Admin", "guard:empty");
        world.link("empty", "empty");
        takesApproval(approver, "DELETE", "backup-vaults/empty", null);
        ok(world.as(ADMIN, "PUT", "backup-vaults/empty", "{}"));
        assertTrue(server.get("/api/v1/backup-vaults/empty/resource-guard")
                .body()
                .get("guard")
                .isNull());
    }

    @Test
    void nobodyBecomesAnApproverBehindItsBack() {
        String approver = guarded("self");
        String puppet = world.token("puppet", "Backup Reader", "server");
        code(REQUIRED, grant("puppet", "guard:self"));
        code(REQUIRED, grant("puppet", "server"));
        code(REQUIRED, world.as(ADMIN, "POST", "tokens", "{\"name\":\"stolen\",\"principal\":\"approver-of-self\"}"));
        String only = assignmentOf("approver-of-self");
        code("UserErrorLastApprover", world.as(ADMIN, "DELETE", "role-assignments/" + only, null));
        String body = "{\"principal\":\"puppet\",\"role\":\"Backup MUA Admin\",\"scope\":\"guard:self\"}";
        takesApproval(approver, "POST", "role-assignments", body);
        takesApproval(puppet, "DELETE", "role-assignments/" + only, null);
    }

    private String assignmentOf(String principal) {
        for (JsonNode item :
                server.get("/api/v1/role-assignments?limit=500").body().get("items")) {
            if (item.get("principal").asText().equals(principal)) {
                return item.get("id").asText();
            }
        }
        throw new AssertionError(principal);
    }

    @Test
    void nobodyApprovesWhatHeWantsHimself() {
        world.vault("own");
        ok(world.as(ADMIN, "PUT", "resource-guards/own", "{}"));
        String dave = world.token("dave", "Backup Contributor", "vault:own");
        ok(grant("dave", "guard:own"));
        String other = world.tokenOf("dave");
        String reader = world.token("reader", "Backup Reader", "server");
        String stranger = world.token("stranger", "Backup Contributor", "vault:prod");
        world.link("own", "own");
        JsonNode request =
                world.requestIn(world.as(dave, "POST", "backup-vaults/own/backup-instances/web/stop-protection", null));
        code("UserErrorOwnApprovalRequest", decide(dave, request, "approve"));
        code("UserErrorOwnApprovalRequest", decide(other, request, "approve"));
        code("UserErrorOwnApprovalRequest", decide(dave, request, "deny"));
        code("UserErrorForbidden", decide(reader, request, "approve"));
        code("UserErrorForbidden", decide(ADMIN, request, "approve"));
        code("UserErrorNotTheRequester", decide(ADMIN, request, "cancel"));
        code("UserErrorApprovalRequestNotFound", decide(stranger, request, "approve"));
        assertEquals(
                0,
                world.as(stranger, "GET", "approval-requests", null)
                        .body()
                        .get("items")
                        .size());
        assertTrue(world.as(reader, "GET", "approval-requests?status=Requested", null)
                .body()
                .toString()
                .contains(request.toString()));
    }
}
