package io.diskvault.instance;

import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Validation before configuring tells every problem at once.
class ValidateForBackupTest {
    @TempDir
    Path directory;

    TestServer server;

    @BeforeEach
    void start() {
        Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        Protected.makeDisk(directory, "web-2.img", 2, 1 << 16);
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        Protected.configure(server, directory);
        assertEquals(
                201,
                server.put("/api/v1/resource-groups/vm-disks/disks/web-2", "{\"source\":\"file:web-2.img\"}")
                        .status());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void letTheVault(String role, String scope) {
        Answer answer = server.post(
                "/api/v1/role-assignments",
                "{\"principal\":\"vault:prod\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(role, scope));
        assertEquals(201, answer.status(), () -> answer.body().toString());
    }

    private JsonNode validate(String disk, String policy, String snapshots) {
        Answer answer = server.post(
                VAULT_PATH + "/validate-for-backup",
                "{\"disk\":\"%s\",\"policy\":\"%s\",\"snapshotResourceGroup\":\"%s\"}"
                        .formatted(disk, policy, snapshots));
        assertEquals(200, answer.status(), () -> answer.body().toString());
        JsonNode outcome = answer.body();
        assertEquals(outcome.get("problems").isEmpty(), outcome.get("valid").asBoolean());
        outcome.get("problems")
                .forEach(problem ->
                        assertFalse(problem.get("recommendedAction").asText().isEmpty()));
        return outcome;
    }

    private List<String> problems(String disk, String policy, String snapshots) {
        return codes(validate(disk, policy, snapshots).get("problems"));
    }

    private static List<String> codes(JsonNode problems) {
        return StreamSupport.stream(problems.spliterator(), false)
                .map(problem -> problem.get("code").asText())
                .toList();
    }

    @Test
    void aDiskThatCanBeProtectedHasNone() {
        letTheVault("Disk Backup Reader", "disk:vm-disks/web-2");
        assertEquals(List.of(), problems("vm-disks/web-2", "gold", "snapshots"));
        assertTrue(
                validate("vm-disks/web-2", "gold", "snapshots").get("warnings").isEmpty());
    }

    @Test
    void allProblemsAreToldAtOnce() throws IOException {
        Files.delete(directory.resolve("disks/web-1.img"));
        assertEquals(
                List.of(
                        "UserErrorDppDatasourceAlreadyProtected",
                        "UserErrorManagedDiskNotFound",
                        "UserErrorBackupPolicyNotFound",
                        "UserErrorInvalidOperationalStoreResourceGroup"),
                problems("vm-disks/web-1", "silver", "vm-disks"));
        assertEquals(
                List.of("UserErrorManagedDiskNotFound", "UserErrorBackupPolicyNotFound", "UserErrorSnapshotRGNotFound"),
                problems("vm-disks/absent", "silver", "nowhere"));
        assertEquals(
                List.of("UserErrorInvalidRequest", "UserErrorInvalidName", "UserErrorInvalidName"),
                problems("web-2", "-", ""));
    }

    @Test
    void whatIsMissingIsToldToo() {
        Answer answer = server.post(VAULT_PATH + "/validate-for-backup", "{}");
        assertEquals(3, answer.body().get("problems").size());
        assertFalse(answer.body().get("valid").asBoolean());
        assertEquals(
                400,
                server.post(VAULT_PATH + "/validate-for-backup", "{\"name\":\"x\"}")
                        .status());
        assertEquals(
                404,
                server.post("/api/v1/backup-vaults/nowhere/validate-for-backup", "{}")
                        .status());
    }

    @Test
    void snapshotsBesideTheDiskAreWarnedAbout() {
        assertEquals(
                201,
                server.put(
                                "/api/v1/resource-groups/both",
                                "{\"disksRoot\":\"%s\",\"datastore\":\"%s\"}"
                                        .formatted(directory.resolve("disks"), directory.resolve("store-2")))
                        .status());
        assertEquals(
                201,
                server.put("/api/v1/resource-groups/both/disks/web-2", "{\"source\":\"file:web-2.img\"}")
                        .status());
        letTheVault("Disk Backup Reader", "group:both");
        letTheVault("Disk Snapshot Contributor", "group:both");
        JsonNode outcome = validate("both/web-2", "gold", "both");
        assertTrue(outcome.get("valid").asBoolean());
        assertEquals(List.of("WarningSnapshotRGIsDiskRG"), codes(outcome.get("warnings")));
    }
}
