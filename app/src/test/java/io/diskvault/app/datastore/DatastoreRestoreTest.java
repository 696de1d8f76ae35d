package io.diskvault.app.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.testing.Program.Run;
import io.diskvault.app.testing.SmallDatastore;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatastoreRestoreTest {
    private static final int BLOCK = SmallDatastore.BLOCK;

    @TempDir
    Path temporary;

    private SmallDatastore datastore;
    private Path target;
    private String first;
    private String second;

    @BeforeEach
    void makeTwoRecoveryPoints() throws IOException {
        datastore = SmallDatastore.in(temporary);
        target = temporary.resolve("restored.img");
        datastore.write(4, 20, 1);
        first = datastore.newPoint();
        datastore.write(10, 2, 2);
        datastore.write(40, 1, 3);
        second = datastore.newPoint();
    }

    private Run restore(String point, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--name", SmallDatastore.NAME, "--point", point, "--to", target.toString()));
        arguments.addAll(List.of(more));
        return datastore.run("restore", arguments.toArray(String[]::new));
    }

    @Test
    void writesOnlyWhatDiffersWhenTold() throws IOException {
        assertEquals(0, restore(first).status());

        Run said = restore(second, "--overwrite", "--only-differences");

        assertEquals(0, said.status(), said.err());
        assertTrue(said.out().endsWith("192.0 KiB written and 1.1 MiB there already.\n"), said.out());
        assertEquals(-1, Files.mismatch(datastore.disk(), target));
        JsonNode again =
                restore("latest", "--overwrite", "--only-differences", "--json").json();
        assertEquals(0, again.path("writtenBytes").asLong(-1), again.toString());
        assertEquals(21L * BLOCK, again.path("keptBytes").asLong());
        assertFalse(again.path("resumed").asBoolean());
        assertEquals(0, again.at("/damaged/ranges").size());
    }

    @Test
    void asksForLeaveToWriteIntoADisk() throws IOException {
        Files.writeString(target, "precious");

        Run said = restore(first, "--only-differences");

        assertEquals(2, said.status());
        assertTrue(said.err().contains("add --overwrite"), said.err());
        Run tooSmall = restore(first, "--overwrite", "--only-differences");
        assertEquals(1, tooSmall.status());
        assertTrue(tooSmall.err().contains("Has 8 bytes, but the disk needs " + 64 * BLOCK), tooSmall.err());
        assertEquals("precious", Files.readString(target));
    }

    @Test
    void refusesADiskThatSomebodyHolds() throws IOException {
        Files.copy(datastore.disk(), target);
        try (FileChannel machine = FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            machine.lock(100, 1, true);

            Run said = restore(first, "--overwrite", "--only-differences", "--json");

            assertEquals(1, said.status());
            assertEquals("TargetInUse", said.json().at("/error/code").asText(), said.out());
        }
        assertEquals(-1, Files.mismatch(datastore.disk(), target));
    }

    @Test
    void restoresWhatIsWholeWhenToldAndSaysWhatIsNot() throws IOException {
        Path pack = datastore.files("packs").getFirst();
        SmallDatastore.flipOneBit(pack, 3L * BLOCK);

        assertEquals(1, restore(first).status());
        assertFalse(Files.exists(target));
        Run json = restore(first, "--continue-on-damage", "--json");
        Run said = restore(first, "--continue-on-damage", "--overwrite");

        assertEquals(1, json.status(), json.err());
        JsonNode range = json.json().at("/damaged/ranges/0");
        assertEquals(BLOCK, range.path("end").asLong() - range.path("start").asLong(), json.out());
        assertEquals(1, said.status());
        String bytes = "  bytes " + range.path("start").asLong() + " to "
                + range.path("end").asLong() + "\n";
        assertTrue(said.out().contains("Not restored: 64.0 KiB, which are zeros now.\n" + bytes), said.out());
        assertTrue(said.err().contains("diskvault datastore verify"), said.err());
        assertEquals(range.path("start").asLong(), firstDifference());
    }

    /// Between what was restored and the first recovery point, whose blocks 10 and 11 were noise of another seed.
    private long firstDifference() throws IOException {
        datastore.write(4, 20, 1);
        return Files.mismatch(datastore.disk(), target);
    }

    @Test
    void goesOnWithWhatAKilledRestoreHasLeft() throws Exception {
        Path unfinished = temporary.resolve(".restored.img." + key() + ".resumable-diskvault-restore");
        Files.copy(datastore.disk(), unfinished);

        Run said = restore(second);

        assertEquals(0, said.status(), said.err());
        assertTrue(said.err().startsWith("Goes on from what a restore had written"), said.err());
        assertTrue(said.out().contains("0 B written and 1.3 MiB there already."), said.out());
        assertEquals(-1, Files.mismatch(datastore.disk(), target));
        assertFalse(Files.exists(unfinished));
    }

    private String key() throws Exception {
        try (Datastore opened = Datastore.open(datastore.directory(), KeyFile.read(datastore.key()))) {
            String key = opened.id() + "/" + SmallDatastore.NAME + "/" + second;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        }
    }

    @Test
    void listsWhatChangedBetweenTwoPoints() {
        Run said = datastore.run("diff", "--name", SmallDatastore.NAME, "--from", first, "--to", second);
        JsonNode json = datastore
                .run("diff", "--name", SmallDatastore.NAME, "--from", second, "--to", first, "--json")
                .json();

        assertEquals(0, said.status(), said.err());
        assertEquals(
                "changed  bytes " + 10 * BLOCK + " to " + 12 * BLOCK + "\n" + "changed  bytes " + 40 * BLOCK + " to "
                        + 41 * BLOCK + "\nChanged: 192.0 KiB; zeros now: 0 B.\n",
                said.out());
        assertEquals(2L * BLOCK, json.path("changedBytes").asLong(), json.toString());
        assertEquals(1L * BLOCK, json.path("zeroedBytes").asLong());
        assertEquals("zeroed", json.at("/ranges/1/kind").asText());
        assertEquals(40L * BLOCK, json.at("/ranges/1/start").asLong());
        Run unknown = datastore.run("diff", "--name", SmallDatastore.NAME, "--from", "absent", "--json");
        assertEquals("RecoveryPointNotFound", unknown.json().at("/error/code").asText());
    }
}
