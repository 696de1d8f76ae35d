package io.diskvault.app.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import io.diskvault.app.testing.SmallDatastore;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatastoreCollectTest {

    @TempDir
    Path temporary;

    private SmallDatastore datastore;

    @BeforeEach
    void makeADatastore() throws IOException {
        datastore = SmallDatastore.in(temporary);
    }

    @Test
    void freesWhatOnlyARemovedPointNeeded() throws IOException, DatastoreException {
        removeAPointOfTwentyBlocks();
        long before = datastore.packBytes();

        Run run = datastore.run("collect", "--json");

        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err(), "nothing but the result where nobody watches");
        JsonNode json = run.json();
        assertFalse(json.path("dryRun").asBoolean(true));
        assertTrue(json.path("freedBytes").asLong() >= 20L * SmallDatastore.BLOCK, run.out());
        // Index fragments that were written count against what was freed, and do not lie beside the packs.
        assertTrue(before - datastore.packBytes() >= json.path("freedBytes").asLong(), run.out());
        assertTrue(json.path("deletedPacks").asInt() > 0, run.out());
        assertEquals(0, json.path("waitingFor").size());
        assertEquals(0, json.path("damagedPacks").size());
        Path restored = temporary.resolve("restored.img");
        Run restore = datastore.run(
                "restore", "--name", SmallDatastore.NAME, "--point", "latest", "--to", restored.toString());
        assertEquals(0, restore.status(), restore.err());
        assertEquals(-1, Files.mismatch(datastore.disk(), restored));
    }

    @Test
    void onlySaysInADryRunWhatItWouldDo() throws IOException, DatastoreException {
        removeAPointOfTwentyBlocks();
        Map<String, String> before = datastore.state();

        Run said = datastore.run("collect", "--dry-run");
        long wouldFree = datastore
                .run("collect", "--dry-run", "--json")
                .json()
                .path("freedBytes")
                .asLong();

        assertEquals(0, said.status(), said.err());
        assertTrue(said.out().startsWith("Would free  "), said.out());
        assertTrue(said.out().endsWith("Nothing was changed.\n"), said.out());
        assertEquals(before, datastore.state());
        long freed =
                datastore.run("collect", "--json").json().path("freedBytes").asLong();
        assertTrue(Math.abs(wouldFree - freed) < 4096, wouldFree + " foretold, " + freed + " freed");
    }

    @Test
    void showsWhatItIsAt_wherePeopleWatch() throws IOException, DatastoreException {
        removeAPointOfTwentyBlocks();

        Run run = new Program()
                .watchedByAPerson()
                .run(
                        "datastore",
                        "collect",
                        datastore.directory().toString(),
                        "--key-file",
                        datastore.key().toString());

        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("Finding what is needed  "), run.err());
        assertTrue(run.err().contains("Deleting what is not needed  "), run.err());
        assertTrue(run.err().indexOf("Finding") < run.err().indexOf("Deleting"), run.err());
    }

    @Test
    void saysThatThereIsNothingToFree() throws IOException {
        datastore.write(0, 3, 1);
        datastore.backUp();

        Run run = datastore.run("collect");

        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().startsWith("Nothing to free"), run.out());
    }

    @Test
    void leavesAPackAloneOfWhichLessIsDeadThanAsked() throws IOException, DatastoreException {
        datastore.write(0, 40, 1);
        String removed = datastore.newPoint();
        datastore.write(0, 12, 2);
        datastore.backUp();
        datastore.removePoint(removed);

        assertEquals(0, rewrittenWith("90"), "12 of 40 blocks are dead");
        assertEquals(1, rewrittenWith("20"));
    }

    @Test
    void failsAndDeletesNothing_whenNobodyKnowsWhatIsNeeded() throws IOException, DatastoreException {
        removeAPointOfTwentyBlocks();
        Path index = datastore.files("index").getFirst();
        SmallDatastore.flipOneBit(index, Files.size(index) / 2);
        long before = datastore.packBytes();

        Run run = datastore.run("collect", "--json");

        assertEquals(1, run.status(), run.out());
        assertEquals("CorruptDatastore", run.json().at("/error/code").asText(), run.out());
        assertEquals(before, datastore.packBytes());
    }

    @Test
    void namesThePackThatStays_whenSomethingInItIsNeededAndDamaged() throws IOException, DatastoreException {
        datastore.write(0, 40, 1);
        String removed = datastore.newPoint();
        Path pack = datastore.files("packs").getFirst();
        datastore.write(0, 20, 2);
        datastore.backUp();
        datastore.removePoint(removed);
        for (long offset = 40 << 10; offset < Files.size(pack) - (32 << 10); offset += 320 << 10) {
            SmallDatastore.flipOneBit(pack, offset);
        }

        Run run = datastore.run("collect", "--json");

        assertEquals(1, run.status(), run.out());
        String name = datastore.directory().relativize(pack).toString();
        assertEquals(1, run.json().path("damagedPacks").size(), run.out());
        assertEquals(name, run.json().at("/damagedPacks/0").asText());
        assertTrue(Files.exists(pack));
        Run said = datastore.run("collect");
        assertEquals(1, said.status());
        assertTrue(said.err().contains(name + " stays"), said.err());
        assertTrue(said.err().contains("Verify the datastore"), said.err());
    }

    @Test
    void waitsForABackupThatBeganEarlier_andSaysSo() throws IOException, DatastoreException {
        removeAPointOfTwentyBlocks();
        long before = datastore.packBytes();
        List<Run> beside = new ArrayList<>();

        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        try (DiskSource source = DiskSource.open(datastore.disk());
                Datastore writer = Datastore.open(datastore.directory(), KeyFile.read(datastore.key()))) {
            writer.backUp(new BackupRequest("other", new RecoveryPointId("beside"), now, "other"), source, new Watch() {
                @Override
                public void progress(long doneBytes, long totalBytes) {
                    if (beside.isEmpty()) {
                        beside.add(datastore.run("collect", "--json"));
                        beside.add(datastore.run("collect"));
                    }
                }

                @Override
                public boolean cancelled() {
                    return false;
                }
            });
        }

        Run run = beside.getFirst();
        assertEquals(0, run.status(), run.err());
        assertEquals(1, run.json().path("waitingFor").size(), run.out());
        assertEquals(0, run.json().path("freedBytes").asLong());
        JsonNode waitingFor = run.json().at("/waitingFor/0");
        assertEquals("backup", waitingFor.path("purpose").asText());
        assertEquals(ProcessHandle.current().pid(), waitingFor.path("process").asLong());
        assertEquals(0, waitingFor.path("sinceEpoch").asLong(-1));
        String lease = waitingFor.path("lease").asText();
        assertTrue(
                beside.getLast()
                        .out()
                        .contains("Waiting for     a backup by process "
                                + ProcessHandle.current().pid() + ", since epoch 0 (" + lease + ")"),
                beside.getLast().out());
        assertTrue(datastore.packBytes() >= before);
        assertTrue(datastore.run("collect").out().startsWith("Freed "));
        assertTrue(datastore.packBytes() < before);
    }

    @Test
    void refusesASharePastAllBounds() {
        for (String share : new String[] {"0", "-1", "101", "NaN", "much"}) {
            Run run = datastore.run("collect", "--rewrite-dead-share", share);
            assertEquals(2, run.status(), share);
            assertTrue(run.err().contains("--rewrite-dead-share"), run.err());
        }
        assertEquals(
                2,
                new Program()
                        .run("datastore", "collect", datastore.directory().toString())
                        .status());
    }

    private int rewrittenWith(String share) {
        Run run = datastore.run("collect", "--dry-run", "--rewrite-dead-share", share, "--json");
        assertEquals(0, run.status(), run.err());
        return run.json().path("rewrittenPacks").asInt();
    }

    /// Another one of three blocks stays.
    private void removeAPointOfTwentyBlocks() throws IOException, DatastoreException {
        datastore.write(0, 3, 1);
        datastore.backUp();
        datastore.write(10, 20, 2);
        String removed = datastore.newPoint();
        datastore.write(10, 20, 3);
        datastore.backUp();
        datastore.removePoint(removed);
    }
}
