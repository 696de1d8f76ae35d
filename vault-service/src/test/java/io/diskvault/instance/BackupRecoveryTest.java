package io.diskvault.instance;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.snapshot.Datastores;
import io.diskvault.testing.FailingReports;
import io.diskvault.testing.Protected;
import io.diskvault.testing.ScriptedRestores;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Backups of which something got lost on the way: each ends with one recovery point or with none.
@ParameterizedClass
@EnumSource(names = "POSTGRESQL")
class BackupRecoveryTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Path image;
    TestServer server;

    @BeforeEach
    void start() {
        image = Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        Map<String, Object> settings = Protected.settings(database, directory);
        settings.put(ScriptedRestores.SETTING, true);
        settings.put(FailingReports.SETTING, 2);
        settings.put("diskvault.jobs.workers", 1);
        server = TestServer.start(settings);
        Protected.configure(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void send(Object command) {
        server.part(Commands.class).send(command);
        server.part(Views.class).catchUp();
    }

    private JsonNode points() {
        return server.get(INSTANCE_PATH + "/recovery-points").body().get("items");
    }

    private Datastore datastore() throws Exception {
        return server.part(Datastores.class).open(directory.resolve("store"));
    }

    @Test
    void aBackupWhoseEndCannotBeReportedIsNotLost() throws Exception {
        JsonNode job = Protected.backUp(server);
        assertEquals("Completed", job.get("status").asText(), job.toString());
        assertTrue(server.part(FailingReports.class).areUsedUp());
        assertEquals(3, job.get("attempt").asInt());
        assertEquals(1, points().size());
        assertEquals(1, datastore().recoveryPoints("prod.web-1").size());
    }

    @Test
    void aPointThatWasCommittedBeforeTheCrashIsAdopted() throws Exception {
        JobId job = JobId.forOccasion("backup", "prod/web-1", "monday");
        String uniqueId = server.get("/api/v1/resource-groups/vm-disks/disks/web-1")
                .body()
                .get("uniqueId")
                .asText();
        try (DiskSource source = DiskSource.open(image)) {
            datastore()
                    .backUp(
                            new BackupRequest("prod.web-1", new RecoveryPointId(job.text()), AT, uniqueId),
                            source,
                            Watch.NONE);
        }
        Answer accepted = server.send("POST", INSTANCE_PATH + "/backups", "{}", "Idempotency-Key", "monday");
        JsonNode ended = Protected.await(server, accepted.header("location"));
        assertEquals("Completed", ended.get("status").asText(), ended.toString());
        assertEquals(1, points().size());
        assertEquals(job.text(), points().get(0).get("id").asText());
        assertEquals(AT.toString(), points().get(0).get("snapshotTime").asText());
        assertEquals(1, datastore().recoveryPoints("prod.web-1").size());
    }

    @Test
    void aPointThatTheInstanceRefusesLeavesNoRecord() throws Exception {
        JobId job = JobId.random(Instant.EPOCH);
        send(new QueueJob(
                job,
                new BackupOrder("prod", "web-1", Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                AT));
        JsonNode ended = Protected.await(server, "/api/v1/backup-jobs/" + job.text());
        assertEquals("Failed", ended.get("status").asText());
        assertEquals(
                "UserErrorBackupNotRequested", ended.get("error").get("code").asText());
        assertEquals(0, points().size());
        assertEquals(0, datastore().recoveryPoints("prod.web-1").size());
    }

    @Test
    void aBackupOfAnInstanceThatIsNotThereFails() {
        JobId job = JobId.random(Instant.EPOCH);
        send(new QueueJob(
                job,
                new BackupOrder("prod", "absent", Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                AT));
        JsonNode ended = Protected.await(server, "/api/v1/backup-jobs/" + job.text());
        assertEquals(
                "UserErrorBackupInstanceNotFound",
                ended.get("error").get("code").asText());
    }

    @Test
    void anInstanceStaysWhileItsBackupWaits() {
        JobId other = JobId.random(Instant.EPOCH);
        ScriptedRestores.script(other, ScriptedRestores::untilStopped);
        send(new QueueJob(
                other,
                new RestoreOrder("prod", "web-1", "p", "vm-disks", "copy", "copy.img", false, "raw"),
                Optional.empty(),
                Optional.empty(),
                AT));
        Answer accepted = server.post(INSTANCE_PATH + "/backups", "{}");
        Answer refused = server.delete(INSTANCE_PATH);
        assertEquals(409, refused.status());
        assertEquals("UserErrorMaxConcurrentOperationLimitReached", refused.code());
        assertEquals(
                202, server.post(accepted.header("location") + "/cancel", "{}").status());
        Protected.await(server, accepted.header("location"));
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (server.delete(INSTANCE_PATH).status() != 204) {
            assertTrue(System.nanoTime() < deadline, "the end of the backup frees the instance");
        }
    }
}
