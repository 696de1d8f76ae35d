package io.diskvault.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is allowed and shown where an address alone does not say it.
@ParameterizedClass
@EnumSource(names = "POSTGRESQL")
class RoleEndpointsTest {
    private static final String API = "/api/v1/";

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        Protected.makeDisk(directory, "web-2.img", 2, 1 << 16);
        server = TestServer.start(Protected.settings(database, directory));
        Protected.configure(server, directory);
        assertEquals(201, server.put(API + "backup-vaults/test", "{}").status());
        assertEquals(
                201,
                server.put(API + "resource-groups/vm-disks/disks/web-2", "{\"source\":\"file:web-2.img\"}")
                        .status());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String token(String name, String role, String scope) {
        Answer issued = server.post(
                API + "tokens", "{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(name, role, scope));
        assertEquals(201, issued.status(), () -> issued.body().toString());
        return issued.body().get("token").asText();
    }

    private Answer as(String token, String method, String path, @Nullable String json) {
        return server.send(method, API + path, json, "Authorization", "Bearer " + token);
    }

    private List<String> listed(String token, String path, String field) {
        List<String> names = new ArrayList<>();
        as(token, "GET", path, null)
                .body()
                .get("items")
                .forEach(item -> names.add(item.get(field).asText()));
        return names.stream().sorted().distinct().toList();
    }

    private void assign(String principal, String role, String scope, int status) {
        Answer answer = server.post(
                API + "role-assignments",
                "{\"principal\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(principal, role, scope));
        assertEquals(status, answer.status(), () -> answer.body().toString());
    }

    @Test
    void listsShowWhatTheCallerMaySeeAndNothingElse() {
        Protected.backUp(server);
        String operator = token("alice", "Backup Operator", "vault:test");
        String onDisk = token("bob", "Disk Backup Reader", "disk:vm-disks/web-2");
        String onGroup = token("carol", "Backup Reader", "group:vm-disks");
        String nobody = token("dave", "Backup Reader", "group:snapshots");
        assertEquals(List.of("test"), listed(operator, "backup-vaults", "name"));
        assertEquals(List.of(), listed(operator, "disks", "name"));
        assertEquals(List.of("web-2"), listed(onDisk, "disks", "name"));
        assertEquals(List.of(), listed(onDisk, "resource-groups", "name"));
        assertEquals(List.of("web-1", "web-2"), listed(onGroup, "disks", "name"));
        assertEquals(List.of("vm-disks"), listed(onGroup, "resource-groups", "name"));
        assertEquals(List.of(), listed(nobody, "backup-vaults", "name"));
        assertEquals(1, server.get(API + "backup-jobs").body().get("items").size());
        assertEquals(List.of(), listed(operator, "backup-jobs", "id"));
        assertEquals(
                0,
                as(operator, "GET", "backup-jobs/summary", null)
                        .body()
                        .get("counts")
                        .size());
        assertEquals(List.of("vault:test"), listed(operator, "role-assignments", "scope"));
        assertEquals(
                List.of("disk:vm-disks/web-1", "disk:vm-disks/web-2", "group:vm-disks"),
                listed(onGroup, "role-assignments", "scope"));
    }

    @Test
    void whatOneMayNotSeeLooksLikeWhatIsNotThere() {
        String operator = token("alice", "Backup Operator", "vault:test");
        String job = Protected.backUp(server).get("id").asText();
        for (String there : List.of(
                "backup-vaults/prod",
                "backup-vaults/prod/backup-instances/web-1",
                "resource-groups/vm-disks/disks/web-1",
                "backup-jobs/" + job)) {
            String absent = there.replace("prod", "none")
                    .replace("vm-disks", "none")
                    .replace(job, "00000000-0000-4000-8000-00000000000a");
            Answer hidden = as(operator, "GET", there, null);
            Answer missing = as(operator, "GET", absent, null);
            assertEquals(404, hidden.status());
            assertEquals(404, missing.status());
            assertEquals(
                    missing.body().toString(),
                    hidden.body()
                            .toString()
                            .replace("vault:prod", "vault:none")
                            .replace("disk:vm-disks/", "disk:none/")
                            .replace(job, "00000000-0000-4000-8000-00000000000a"));
        }
        assertEquals(
                404,
                as(operator, "POST", "backup-jobs/" + job + "/cancel", null).status());
        assertEquals(404, as(operator, "DELETE", "backup-vaults/prod", null).status());
    }

    @Test
    void aRefusalNamesThePermissionAndWhoHasIt() {
        String reader = token("alice", "Backup Reader", "vault:prod");
        Answer refused = as(reader, "POST", "backup-vaults/prod/backup-instances/web-1/backups", "{}");
        assertEquals(403, refused.status());
        assertEquals("UserErrorForbidden", refused.code());
        String detail = refused.body().get("detail").asText();
        assertTrue(detail.contains("backupInstances/backup") && detail.contains("Backup Operator"), detail);
    }

    @Test
    void aColleagueMayRestoreButNotDelete() {
        Protected.backUp(server);
        String operator = token("alice", "Backup Operator", "vault:prod");
        assertEquals(
                202,
                as(operator, "POST", "backup-vaults/prod/backup-instances/web-1/backups", "{}")
                        .status());
        assertEquals(
                403,
                as(operator, "DELETE", "backup-vaults/prod/backup-instances/web-1", null)
                        .status());
        assertEquals(
                403,
                as(operator, "POST", "backup-vaults/prod/backup-instances/web-1/stop-protection", null)
                        .status());
        assertEquals(
                403,
                as(operator, "DELETE", "backup-vaults/prod/backup-policies/gold", null)
                        .status());
    }

    @Test
    void nobodyGivesAwayWhatHeDoesNotHave() {
        String contributor = token("alice", "Backup Contributor", "server");
        String owner = token("bob", "Owner", "vault:test");
        String assignment = "{\"principal\":\"alice\",\"role\":\"Owner\",\"scope\":\"%s\"}";
        assertEquals(
                403,
                as(contributor, "POST", "role-assignments", assignment.formatted("server"))
                        .status());
        assertEquals(
                403, as(contributor, "POST", "tokens", "{\"name\":\"mallory\"}").status());
        assertEquals(
                403,
                as(owner, "POST", "role-assignments", assignment.formatted("server"))
                        .status());
        assertEquals(
                404,
                as(owner, "POST", "role-assignments", assignment.formatted("vault:prod"))
                        .status());
        assertEquals(
                201,
                as(owner, "POST", "role-assignments", assignment.formatted("vault:test"))
                        .status());
        assertEquals(
                403, as(owner, "POST", "tokens", "{\"name\":\"administrator\"}").status());
    }

    @Test
    void aRevokedRoleDoesNotCountFromTheNextRequestOn() {
        String reader = token("alice", "Backup Reader", "vault:prod");
        assertEquals(200, as(reader, "GET", "backup-vaults/prod", null).status());
        for (JsonNode assignment : server.get(API + "role-assignments").body().get("items")) {
            if (assignment.get("principal").asText().equals("alice")) {
                assertEquals(
                        204,
                        server.delete(API + "role-assignments/"
                                        + assignment.get("id").asText())
                                .status());
            }
        }
        assertEquals(404, as(reader, "GET", "backup-vaults/prod", null).status());
    }

    @Test
    void theLastOwnerStays() {
        String id = "";
        for (JsonNode assignment : server.get(API + "role-assignments").body().get("items")) {
            if (assignment.get("principal").asText().equals("administrator")) {
                id = assignment.get("id").asText();
            }
        }
        Answer refused = server.delete(API + "role-assignments/" + id);
        assertEquals(409, refused.status());
        assertEquals("UserErrorLastOwner", refused.code());
        assign("alice", "Owner", "server", 201);
        assertEquals(204, server.delete(API + "role-assignments/" + id).status());
    }

    @Test
    void rolesEndWithWhatTheyAreAbout() {
        String onVault = token("alice", "Owner", "vault:test");
        assign("vault:test", "Disk Backup Reader", "group:vm-disks", 201);
        assertEquals(204, server.delete(API + "backup-vaults/test").status());
        assertEquals(201, server.put(API + "backup-vaults/test", "{}").status());
        assertEquals(404, as(onVault, "GET", "backup-vaults/test", null).status());
        String onDisk = token("bob", "Owner", "disk:vm-disks/web-2");
        assertEquals(
                204, server.delete(API + "resource-groups/vm-disks/disks/web-2").status());
        assertEquals(
                201,
                server.put(API + "resource-groups/vm-disks/disks/web-2", "{\"source\":\"file:web-2.img\"}")
                        .status());
        assertEquals(
                404,
                as(onDisk, "GET", "resource-groups/vm-disks/disks/web-2", null).status());
        String all = server.get(API + "role-assignments").body().toString();
        assertFalse(all.contains("vault:test"), all);
    }

    @Test
    void everybodySeesAndRevokesHisOwnTokens() {
        String alice = token("alice", "Backup Reader", "vault:test");
        token("bob", "Backup Reader", "vault:test");
        assertEquals(List.of("alice"), listed(alice, "tokens", "principal"));
        JsonNode own = as(alice, "GET", "tokens", null).body().get("items").get(0);
        assertFalse(own.get("lastUsedTime").isNull());
        String bobs = "";
        for (JsonNode token : server.get(API + "tokens").body().get("items")) {
            if (token.get("principal").asText().equals("bob")) {
                assertTrue(token.get("lastUsedTime").isNull());
                bobs = token.get("id").asText();
            }
        }
        assertEquals(404, as(alice, "DELETE", "tokens/" + bobs, null).status());
        assertEquals(
                204,
                as(alice, "DELETE", "tokens/" + own.get("id").asText(), null).status());
        assertEquals(401, as(alice, "GET", "tokens", null).status());
    }

    @Test
    void whatCannotBeAssignedIsRefusedByName() {
        assign("alice", "Emperor", "server", 422);
        assign("alice", "Owner", "planet:earth", 422);
        assign("alice", "Owner", "vault:none", 404);
        assign("system:process", "Owner", "server", 422);
        assign("vault:none", "Disk Backup Reader", "group:vm-disks", 404);
        assign("vault:prod", "Owner", "server", 422);
    }
}
