package io.diskvault.instance;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static io.diskvault.testing.Protected.VAULT_PATH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.instance.InstanceCommand.ExpireRecoveryPoints;
import io.diskvault.snapshot.Datastores;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What events and datastores say is compared: an unfinished removal is finished, everything else told and left alone.
class ReconciliationTest {
    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    Path image;
    TestServer server;
    String older;
    String newest;

    @BeforeEach
    void start() {
        image = Protected.makeDisk(directory, "web-1.img", 1, 1 << 16);
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        Protected.configure(server, directory);
        older = Protected.backUp(server).get("recoveryPoint").asText();
        newest = Protected.backUp(server).get("recoveryPoint").asText();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode report() {
        return server.post(VAULT_PATH + "/reconcile", "{}").body();
    }

    private Datastore datastore() throws Exception {
        return server.part(Datastores.class).open(directory.resolve("store"));
    }

    private JsonNode onlyFinding() {
        JsonNode findings = report().get("findings");
        assertEquals(1, findings.size(), findings::toString);
        return findings.get(0);
    }

    private Path record(String point) throws IOException {
        try (var files = Files.walk(directory.resolve("store/points"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(point))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void findsNothingWhereEverythingFits() {
        JsonNode report = report();
        assertEquals(0, report.get("findings").size(), report::toString);
        assertEquals(2, report.get("recordsChecked").asLong());
        assertEquals(
                404,
                server.post("/api/v1/backup-vaults/nowhere/reconcile", "{}").status());
    }

    @Test
    void aPointWithoutARecordIsTold() throws Exception {
        assertTrue(datastore().removeRecoveryPoint("prod.web-1", new RecoveryPointId(older)));
        JsonNode finding = onlyFinding();
        assertEquals("POINT_WITHOUT_RECORD", finding.get("kind").asText());
        assertEquals("prod/web-1", finding.get("instance").asText());
        assertEquals(older, finding.get("recoveryPoint").asText());
        assertFalse(finding.get("repaired").asBoolean());
        assertEquals(
                2,
                server.get(INSTANCE_PATH + "/recovery-points")
                        .body()
                        .get("items")
                        .size());
    }

    @Test
    void aRecordWithoutAnEventIsToldAndLeftAlone() throws Exception {
        RecoveryPointId stray = new RecoveryPointId("stray-1");
        try (DiskSource source = DiskSource.open(image)) {
            datastore().backUp(new BackupRequest("prod.web-1", stray, LATER, "u1"), source, Watch.NONE);
        }
        JsonNode finding = onlyFinding();
        assertEquals("RECORD_WITHOUT_EVENT", finding.get("kind").asText());
        assertEquals("stray-1", finding.get("recoveryPoint").asText());
        assertTrue(datastore().recoveryPoint("prod.web-1", stray).isPresent());
        assertEquals("RECORD_WITHOUT_EVENT", onlyFinding().get("kind").asText(), "and told again");
    }

    @Test
    void aRecordOfAnotherVaultIsNotThisOnesBusiness() throws Exception {
        try (DiskSource source = DiskSource.open(image)) {
            BackupRequest other = new BackupRequest("prod-2.web-1", new RecoveryPointId("stray-1"), LATER, "u1");
            datastore().backUp(other, source, Watch.NONE);
        }
        assertEquals(0, report().get("findings").size());
    }

    @Test
    void aRemovalThatWasNotFinishedIsFinished() throws Exception {
        Path record = record(older);
        Path aside = Files.copy(record, directory.resolve("aside"));
        server.part(Commands.class).send(new ExpireRecoveryPoints(new InstanceId("prod", "web-1"), LATER));
        awaitRemoval();
        Files.copy(aside, record);
        JsonNode finding = onlyFinding();
        assertEquals("UNFINISHED_REMOVAL", finding.get("kind").asText());
        assertTrue(finding.get("repaired").asBoolean());
        assertTrue(datastore()
                .recoveryPoint("prod.web-1", new RecoveryPointId(older))
                .isEmpty());
        assertEquals(0, report().get("findings").size());
    }

    @Test
    void theStartFinishesARemoval() throws Exception {
        Path record = record(older);
        Path aside = Files.copy(record, directory.resolve("aside"));
        server.part(Commands.class).send(new ExpireRecoveryPoints(new InstanceId("prod", "web-1"), LATER));
        awaitRemoval();
        server.close();
        Files.copy(aside, record);
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        awaitRemoval();
    }

    private void awaitRemoval() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (datastore()
                .recoveryPoint("prod.web-1", new RecoveryPointId(older))
                .isPresent()) {
            assertTrue(System.nanoTime() < deadline, "the record is still there");
            Thread.onSpinWait();
        }
    }

    @Test
    void aDatastoreThatIsNotThereIsTold() throws Exception {
        server.close();
        Path store = directory.resolve("store");
        Files.walkFileTree(store, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }
        });
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
        assertEquals("DATASTORE_UNAVAILABLE", onlyFinding().get("kind").asText());
    }
}
