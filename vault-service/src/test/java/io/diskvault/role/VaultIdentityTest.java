package io.diskvault.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vault that may read one disk and nothing else.
class VaultIdentityTest {
    private static final String API = "/api/v1/";
    private static final String SECOND =
            "{\"disk\":\"vm-disks/web-2\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"snapshots\"%s}";

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        Protected.makeDisk(directory, "web-2.img", 2, 1 << 16);
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        Protected.configure(server, directory);
        server.put(API + "resource-groups/vm-disks/disks/web-2", "{\"source\":\"file:web-2.img\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void revoke(String role) {
        for (JsonNode assignment : server.get(API + "role-assignments").body().get("items")) {
            if (assignment.get("role").asText().equals(role)) {
                assertEquals(
                        204,
                        server.delete(API + "role-assignments/"
                                        + assignment.get("id").asText())
                                .status());
            }
        }
    }

    @Test
    void everyMissingRoleIsNamedWithWhatMendsIt() {
        revoke("Disk Snapshot Contributor");
        Answer refused = server.put(Protected.VAULT_PATH + "/backup-instances/web-2", SECOND.formatted(""));
        assertEquals(409, refused.status());
        assertEquals("UserErrorNotEnoughPermissionOnDisk", refused.code());
        String detail = refused.body().get("detail").asText();
        assertTrue(
                detail.contains("diskvault role assign vault:prod \"Disk Backup Reader\" disk:vm-disks/web-2"), detail);
        assertTrue(
                detail.contains("diskvault role assign vault:prod \"Disk Snapshot Contributor\" group:snapshots"),
                detail);
        List<String> codes = new ArrayList<>();
        server.post(Protected.VAULT_PATH + "/validate-for-backup", SECOND.formatted(""))
                .body()
                .get("problems")
                .forEach(problem -> codes.add(problem.get("code").asText()));
        assertEquals(List.of("UserErrorNotEnoughPermissionOnDisk", "UserErrorNotEnoughPermissionOnSnapshotRG"), codes);
    }

    @Test
    void aJobChecksTheRolesAgainWhenItStarts() {
        assertEquals("Completed", Protected.backUp(server).get("status").asText());
        revoke("Disk Backup Reader");
        JsonNode failed = Protected.backUp(server);
        assertEquals("Failed", failed.get("status").asText());
        assertEquals(
                "UserErrorNotEnoughPermissionOnDisk", failed.at("/error/code").asText());
    }

    @Test
    void onlyWhoMayGrantCanHaveTheMissingOnesGranted() {
        String contributor = server.post(
                        API + "tokens", "{\"name\":\"alice\",\"role\":\"Backup Contributor\",\"scope\":\"server\"}")
                .body()
                .get("token")
                .asText();
        String path = Protected.VAULT_PATH + "/backup-instances/web-2";
        String body = SECOND.formatted(",\"grantMissing\":true");
        Answer refused = server.send("PUT", path, body, "Authorization", "Bearer " + contributor);
        assertEquals(403, refused.status());
        assertEquals(404, server.get(path).status());
        assertEquals(201, server.put(path, body).status());
        assertEquals(200, server.put(path, SECOND.formatted("")).status());
    }

    @Test
    void aDiskThatTheCallerMayNotSeeCannotBeProtectedByHim() {
        String contributor = server.post(
                        API + "tokens", "{\"name\":\"alice\",\"role\":\"Backup Contributor\",\"scope\":\"vault:prod\"}")
                .body()
                .get("token")
                .asText();
        Answer refused = server.send(
                "PUT",
                Protected.VAULT_PATH + "/backup-instances/web-2",
                SECOND.formatted(""),
                "Authorization",
                "Bearer " + contributor);
        assertEquals(404, refused.status());
        assertEquals("UserErrorManagedDiskNotFound", refused.code());
    }
}
