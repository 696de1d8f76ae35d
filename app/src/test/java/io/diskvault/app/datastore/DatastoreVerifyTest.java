package io.diskvault.app.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import io.diskvault.app.testing.SmallDatastore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatastoreVerifyTest {
    private static final long BLOCK = SmallDatastore.BLOCK;

    @TempDir
    Path temporary;

    private SmallDatastore datastore;
    private String first;
    private String second;

    @BeforeEach
    void makeTwoRecoveryPoints() throws IOException {
        datastore = SmallDatastore.in(temporary);
        datastore.write(4, 1, 1);
        first = datastore.newPoint();
        datastore.write(10, 20, 2);
        second = datastore.newPoint();
    }

    @Test
    void saysWhatItCheckedAndThatNothingIsWrong() {
        Run said = datastore.run("verify");
        JsonNode json = datastore.run("verify", "--json").json();

        assertEquals(0, said.status(), said.out() + said.err());
        assertEquals("", said.err(), "nothing but the result where nobody watches");
        assertTrue(said.out().startsWith("Recovery points  2\n"), said.out());
        assertTrue(
                said.out().endsWith("\nNothing wrong was found. Every recovery point can be restored whole.\n"),
                said.out());
        assertTrue(json.path("fine").asBoolean(), json.toString());
        assertEquals("full", json.path("depth").asText());
        assertEquals(2, json.path("points").asInt());
        assertTrue(json.path("openedChunks").asInt() >= 21, json.toString());
        assertTrue(json.path("checkedBytes").asLong() >= 21 * BLOCK, json.toString());
        assertEquals(0, json.path("findings").size());
    }

    @Test
    void namesThePointsAndThePartsOfTheDisk_thatADamagedPackConcerns() throws IOException {
        Path pack = damageTheLargestPack();

        Run said = datastore.run("verify");
        Run run = datastore.run("verify", "--json");

        assertEquals(1, run.status(), run.out());
        JsonNode finding = run.json().path("findings").path(0);
        assertEquals(1, run.json().path("findings").size(), run.out());
        assertEquals("damaged", finding.path("kind").asText());
        assertEquals(nameOf(pack), finding.path("file").asText());
        assertFalse(finding.path("harmless").asBoolean(true));
        assertEquals(1, finding.path("affected").size(), "the first point does without: " + run.out());
        JsonNode point = finding.at("/affected/0");
        assertEquals(SmallDatastore.NAME, point.path("disk").asText());
        assertEquals(second, point.path("id").asText());
        assertEquals(BLOCK, point.path("bytes").asLong());
        long start = point.at("/ranges/0/start").asLong();
        assertTrue(start >= 10 * BLOCK && start < 30 * BLOCK && start % BLOCK == 0, run.out());
        assertEquals(start + BLOCK, point.at("/ranges/0/end").asLong());

        assertEquals(1, said.status());
        assertTrue(said.out().contains("\nDamaged  " + nameOf(pack) + "\n"), said.out());
        assertTrue(
                said.out()
                        .contains("web-1 " + second + "  64.0 KiB of its disk: bytes " + start + " to "
                                + (start + BLOCK)),
                said.out());
        assertTrue(said.out().contains("Back web-1 up again"), said.out());
        assertTrue(said.out().endsWith("\n1 recovery point cannot be restored whole.\n"), said.out());
    }

    @Test
    void isFineAgainWhenTheNextBackupHasHealedTheDamage() throws IOException {
        damageTheLargestPack();
        assertEquals(1, datastore.run("verify").status());

        Run healing = datastore.run("backup", "--disk", datastore.disk().toString(), "--name", SmallDatastore.NAME);
        assertEquals(0, healing.status(), healing.err());
        assertTrue(healing.out().contains("Healed          1 damaged chunk"), healing.out());

        Run said = datastore.run("verify");
        assertEquals(0, said.status(), said.out());
        assertTrue(said.out().contains("Damaged but harmless"), said.out());
        assertTrue(said.out().endsWith("\nEvery recovery point can be restored whole.\n"), said.out());
        Path restored = temporary.resolve("second.img");
        Run restore =
                datastore.run("restore", "--name", SmallDatastore.NAME, "--point", second, "--to", restored.toString());
        assertEquals(0, restore.status(), restore.err());
        assertEquals(-1, Files.mismatch(datastore.disk(), restored));
    }

    @Test
    void leavesTheContentOfDisksOutWhenOnlyTheStructureIsAsked() throws IOException {
        damageTheLargestPack();

        Run said = datastore.run("verify", "--structure");
        JsonNode json = datastore.run("verify", "--structure", "--json").json();

        assertEquals(0, said.status(), said.out());
        assertTrue(said.out().endsWith("; the content of disks was not read.\n"), said.out());
        assertEquals("structure", json.path("depth").asText());
        assertTrue(json.path("checkedBytes").asLong() < 2 * BLOCK, json.toString());
    }

    @Test
    void sendsADamagedIndexToBeMadeAnew() throws IOException {
        for (Path fragment : datastore.files("index")) {
            SmallDatastore.flipOneBit(fragment, Files.size(fragment) - 1);
        }
        Run damaged = datastore.run("verify");
        assertEquals(1, damaged.status(), damaged.out());
        assertTrue(damaged.out().contains("diskvault datastore rebuild-index " + datastore.directory()), damaged.out());

        Run rebuilt = new Program()
                .run("datastore", "rebuild-index", datastore.directory().toString());

        assertEquals(0, rebuilt.status(), rebuilt.err());
        Run verified = datastore.run("verify");
        assertEquals(0, verified.status(), verified.out());
    }

    @Test
    void namesAKeyThatOpensNothingAnyMore() throws IOException {
        Path other = temporary.resolve("other.key");
        Run added = new Program()
                .run(
                        "datastore",
                        "key",
                        "add",
                        datastore.directory().toString(),
                        "--key-file",
                        datastore.key().toString(),
                        "--new-key-file",
                        other.toString(),
                        "--json");
        assertEquals(0, added.status(), added.err());
        Path sealed =
                datastore.directory().resolve("keys/" + added.json().path("id").asText() + ".key");
        Files.writeString(sealed, "no key");

        Run run = datastore.run("verify", "--json");

        assertEquals(1, run.status(), run.out());
        assertEquals(nameOf(sealed), run.json().at("/findings/0/file").asText());
        assertEquals(0, run.json().path("affected").size(), "the other key is enough to restore everything");
    }

    @Test
    void namesARecordThatCannotBeRead() throws IOException {
        Path record = datastore.directory().resolve("points/" + SmallDatastore.NAME + "/" + first + ".point");
        SmallDatastore.flipOneBit(record, Files.size(record) / 2);

        Run run = datastore.run("verify", "--json");

        assertEquals(1, run.status(), run.out());
        JsonNode point = run.json().at("/affected/0");
        assertEquals(first, point.path("id").asText());
        assertTrue(point.path("entirely").asBoolean(), run.out());
        assertTrue(datastore.run("verify").out().contains("nothing of it can be restored"));
    }

    @Test
    void showsHowFarItIs() {
        Run run = datastore.run(new Program().watchedByAPerson(), "verify", "--json");

        assertTrue(run.err().contains("Verifying"), run.err());
        assertTrue(run.json().path("fine").asBoolean(), run.out());
    }

    private Path damageTheLargestPack() throws IOException {
        Path pack = datastore.files("packs").getFirst();
        SmallDatastore.flipOneBit(pack, Files.size(pack) / 3);
        return pack;
    }

    private String nameOf(Path file) {
        return datastore.directory().relativize(file).toString();
    }
}
