package io.diskvault.instance;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.snapshot.Datastores;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class BackupEndpointsTest {
    private static final int DATA_BYTES = 1 << 20;

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Path image;
    TestServer server;

    @BeforeEach
    void start() {
        image = Protected.makeDisk(directory, "web-1.img", 1, DATA_BYTES);
        server = TestServer.start(Protected.settings(database, directory));
        Protected.configure(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aBackupBecomesARecoveryPointThatHoldsTheDisk() throws Exception {
        JsonNode job = Protected.backUp(server);
        assertEquals("Completed", job.get("status").asText(), job.toString());
        assertEquals("Backup", job.get("operation").asText());
        assertTrue(job.get("userTriggered").asBoolean());
        assertEquals(100.0, job.get("progress").get("percent").asDouble());

        JsonNode points = server.get(INSTANCE_PATH + "/recovery-points").body().get("items");
        assertEquals(1, points.size());
        JsonNode point = points.get(0);
        assertEquals(job.get("recoveryPoint"), point.get("id"));
        assertEquals("OnDemand", point.get("kind").asText());
        assertEquals("Default", point.get("retentionTag").asText());
        assertEquals(8L * DATA_BYTES, point.get("logicalBytes").asLong());
        assertEquals(
                point,
                server.get(INSTANCE_PATH + "/recovery-points/" + point.get("id").asText())
                        .body());

        JsonNode instance = server.get(INSTANCE_PATH).body();
        assertEquals(point.get("id"), instance.get("latestRecoveryPoint").get("id"));
        assertArrayEquals(
                Files.readAllBytes(image),
                Files.readAllBytes(restored(point.get("id").asText())));
    }

    @Test
    void anUnchangedDiskTakesNoRoomASecondTime() {
        Protected.backUp(server);
        Protected.backUp(server);
        JsonNode points = server.get(INSTANCE_PATH + "/recovery-points").body().get("items");
        assertEquals(2, points.size());
        assertEquals(0, points.get(0).get("changedBytes").asLong());
        assertTrue(points.get(1).get("storedBytes").asLong() > DATA_BYTES / 2);
        assertEquals(0, points.get(0).get("storedBytes").asLong());
    }

    @Test
    void aRepeatedRequestWithOneKeyMakesOneJob() {
        Answer first = server.send("POST", INSTANCE_PATH + "/backups", "{}", "Idempotency-Key", "monday");
        Protected.await(server, first.header("location"));
        Answer second = server.send("POST", INSTANCE_PATH + "/backups", "{}", "Idempotency-Key", "monday");
        assertEquals(202, second.status());
        assertEquals(first.header("location"), second.header("location"));
        assertEquals(
                1,
                server.get(INSTANCE_PATH + "/recovery-points")
                        .body()
                        .get("items")
                        .size());
    }

    @Test
    void aDiskThatIsGoneFailsTheJobAndSaysWhatToDo() throws IOException {
        Files.delete(image);
        JsonNode job = Protected.backUp(server);
        assertEquals("Failed", job.get("status").asText());
        assertEquals(
                "UserErrorManagedDiskNotFound", job.get("error").get("code").asText());
        assertFalse(job.get("error").get("recommendedAction").asText().isEmpty());
        assertEquals(202, server.post(INSTANCE_PATH + "/backups", "{}").status(), "a failed backup blocks no other");
    }

    @Test
    void aDiskIsProtectedOnce() {
        Answer second = server.put(
                VAULT_PATH + "/backup-instances/other",
                "{\"disk\":\"vm-disks/web-1\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}");
        assertEquals(409, second.status());
        assertEquals("UserErrorDppDatasourceAlreadyProtected", second.code());
        assertEquals(404, server.get(VAULT_PATH + "/backup-instances/other").status());
        Protected.switchSoftDeleteOff(server);
        assertEquals(204, server.delete(INSTANCE_PATH).status());
        assertEquals(
                204,
                server.delete(VAULT_PATH + "/backup-policies/gold").status(),
                "nothing was left of the refused one");
    }

    @Test
    void whatAnInstanceNeedsCannotBeDeletedUnderIt() {
        Answer policy = server.delete(VAULT_PATH + "/backup-policies/gold");
        assertEquals(409, policy.status());
        assertEquals("UserErrorDppPolicyObjectInUse", policy.code());
        assertEquals(409, server.delete(VAULT_PATH).status());
        assertEquals(
                409,
                server.delete("/api/v1/resource-groups/vm-disks/disks/web-1").status());
        assertEquals(409, server.delete("/api/v1/resource-groups/snapshots").status());
    }

    @Test
    void deletingAnInstanceGivesUpItsPointsAndFreesTheDisk() throws Exception {
        Protected.switchSoftDeleteOff(server);
        Protected.backUp(server);
        String id = server.get(INSTANCE_PATH)
                .body()
                .get("latestRecoveryPoint")
                .get("id")
                .asText();
        assertEquals(204, server.delete(INSTANCE_PATH).status());
        assertEquals(404, server.get(INSTANCE_PATH).status());
        Datastore datastore = server.part(Datastores.class).open(directory.resolve("store"));
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (datastore.recoveryPoint("prod.web-1", new RecoveryPointId(id)).isPresent()) {
            assertTrue(System.nanoTime() < deadline, "the point's record is still there");
            Thread.onSpinWait();
        }
        assertEquals(
                201,
                server.put(
                                VAULT_PATH + "/backup-instances/again",
                                "{\"disk\":\"vm-disks/web-1\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}")
                        .status());
    }

    @Test
    void jobsAreListedFilteredAndCounted() {
        Protected.backUp(server);
        Protected.backUp(server);
        JsonNode all = server.get("/api/v1/backup-jobs?vault=prod&instance=web-1&operation=Backup&status=Completed")
                .body();
        assertEquals(2, all.get("items").size());
        assertEquals(
                0,
                server.get("/api/v1/backup-jobs?vault=other")
                        .body()
                        .get("items")
                        .size());
        assertEquals(
                0,
                server.get("/api/v1/backup-jobs?to=2020-01-01T00:00:00Z")
                        .body()
                        .get("items")
                        .size());
        assertEquals(422, server.get("/api/v1/backup-jobs?status=Sleeping").status());
        JsonNode counts =
                server.get("/api/v1/backup-jobs/summary?days=7").body().get("counts");
        assertEquals("[{\"operation\":\"Backup\",\"status\":\"Completed\",\"count\":2}]", counts.toString());
    }

    private Path restored(String point) throws Exception {
        Datastore datastore = server.part(Datastores.class).open(directory.resolve("store"));
        RecoveryPoint record = datastore
                .recoveryPoint("prod.web-1", new RecoveryPointId(point))
                .orElseThrow();
        Path target = directory.resolve("restored.img");
        datastore.restore(record, target, RestoreOptions.NEW_FILE, Watch.NONE);
        return target;
    }
}
