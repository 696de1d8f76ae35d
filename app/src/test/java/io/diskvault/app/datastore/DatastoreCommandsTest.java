package io.diskvault.app.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatastoreCommandsTest {
    private static final int BLOCK = 64 * 1024;

    @TempDir
    Path temporary;

    private Path datastore;
    private Path key;
    private Path disk;

    @BeforeEach
    void makeASparseDisk() throws IOException {
        datastore = temporary.resolve("datastore");
        key = temporary.resolve("datastore.key");
        disk = temporary.resolve("web-1.img");
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(64L * BLOCK);
        }
        write(disk, 3, 5);
    }

    @Test
    void backsUpAndRestoresWithoutAServer() throws IOException {
        assertEquals(0, run("init").status());

        JsonNode first = backup();
        assertEquals(64L * BLOCK, first.path("logicalBytes").asLong());
        assertEquals(5L * BLOCK, first.path("changedBytes").asLong());
        byte[] then = Files.readAllBytes(disk);
        write(disk, 7, 1);
        JsonNode second = backup();
        assertEquals(BLOCK, second.path("changedBytes").asLong());
        assertEquals(first.path("id").asText(), second.path("parent").asText());

        assertEquals(0, restore(first.path("id").asText(), "first.img").status());
        assertEquals(0, restore("latest", "latest.img").status());
        assertArrayEquals(then, Files.readAllBytes(temporary.resolve("first.img")));
        assertArrayEquals(Files.readAllBytes(disk), Files.readAllBytes(temporary.resolve("latest.img")));
    }

    @Test
    void makesALostIndexAnewWithoutTheKey() throws IOException {
        run("init");
        backup();
        try (Stream<Path> fragments = Files.list(datastore.resolve("index"))) {
            Files.delete(fragments.findFirst().orElseThrow());
        }
        Run lost = restore("latest", "lost.img");
        assertEquals(1, lost.status());
        assertTrue((lost.out() + lost.err()).contains("diskvault datastore rebuild-index " + datastore), lost.err());

        Run rebuilt = new Program().run("datastore", "rebuild-index", datastore.toString(), "--json");

        assertEquals(0, rebuilt.status(), rebuilt.err());
        assertEquals(2, rebuilt.json().path("packs").asInt());
        assertTrue(rebuilt.json().path("entries").asLong() > 5, rebuilt.out());
        Run again = new Program().watchedByAPerson().run("datastore", "rebuild-index", datastore.toString());
        assertTrue(again.out().startsWith("Packs read        2\n"), again.out());
        assertTrue(again.err().contains("2 of 2"), "packs are not shown as bytes: " + again.err());
        assertEquals(0, restore("latest", "found.img").status());
        assertArrayEquals(Files.readAllBytes(disk), Files.readAllBytes(temporary.resolve("found.img")));
    }

    @Test
    void listsRecoveryPointsNewestFirst() {
        run("init");
        String first = backup().path("id").asText();
        String second = backup().path("id").asText();

        JsonNode items = run("points", "--json").json().path("items");
        assertEquals(2, items.size());
        assertEquals(second, items.path(0).path("id").asText());
        assertEquals(first, items.path(1).path("id").asText());

        Run table = run("points", "--name", "web-1");
        assertTrue(table.out().startsWith("DISK"), table.out());
        assertTrue(table.out().contains(first), table.out());
        assertEquals("No recovery points.\n", run("points", "--name", "other").out());
    }

    @Test
    void saysWhatEachRecoveryPointWouldFree() {
        run("init");
        backup();
        backup();

        Run usage = run("usage", "--name", "web-1");

        assertTrue(usage.out().startsWith("RECOVERY POINT"), usage.out());
        JsonNode json = run("usage", "--name", "web-1", "--json").json();
        assertEquals(2, json.path("items").size());
        assertEquals(0, json.path("items").path(0).path("uniqueBytes").asLong());
        assertTrue(json.path("uniqueBytes").asLong() > 0, json::toString);
        assertTrue(run("usage", "--name", "other").out().startsWith("There are no recovery points of other.\n"));
    }

    @Test
    void goesOnFromTheLastRecoveryPoint_whenTheImageWasReplacedByACopy() throws IOException {
        run("init");
        backup();
        Path copy = Files.copy(disk, temporary.resolve("copy.img"));
        Files.move(copy, disk, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertEquals(0, backup().path("changedBytes").asLong());
    }

    @Test
    void saysThatTheKeyNeedsACopy() {
        Run made = run("init");

        assertTrue(made.out().contains("Keep a copy"), made.out());
        assertTrue(Files.exists(key));
    }

    @Test
    void takesAnExistingKeyForAnotherDatastore() throws IOException {
        run("init");
        byte[] before = Files.readAllBytes(key);
        datastore = temporary.resolve("other");

        assertFalse(run("init", "--json").json().path("keyFileMade").asBoolean());
        assertArrayEquals(before, Files.readAllBytes(key));
    }

    @Test
    void refusesToMakeADatastoreTwice() {
        run("init");

        assertFailed("DatastoreExists", run("init", "--json"));
    }

    @Test
    void refusesToRestoreOverAFile_unlessTold() throws IOException {
        run("init");
        backup();
        Path target = Files.writeString(temporary.resolve("precious.img"), "precious");

        assertFailed("RestoreTargetExists", restore("latest", "precious.img"));
        assertEquals("precious", Files.readString(target));

        assertEquals(
                0,
                run("restore", "--name", "web-1", "--point", "latest", "--to", target.toString(), "--overwrite")
                        .status());
        assertArrayEquals(Files.readAllBytes(disk), Files.readAllBytes(target));
    }

    @Test
    void refusesAMissingOrWrongKey() throws IOException {
        run("init");
        Path rightKey = key;
        key = temporary.resolve("missing.key");
        assertFailed("KeyFileMissing", run("points", "--json"));

        Path other = temporary.resolve("other");
        new Program().run("datastore", "init", other.toString(), "--key-file", key.toString());
        assertFailed("WrongKey", run("points", "--json"));

        key = Files.writeString(temporary.resolve("no.key"), "not a key");
        assertFailed("WrongKey", run("points", "--json"));
        key = rightKey;
        assertEquals(0, run("points", "--json").status());
    }

    @Test
    void worksOnACopyOfTheDirectoryAlone() throws IOException {
        run("init");
        backup();
        Path copy = temporary.resolve("elsewhere/copy");
        copyReadOnly(datastore, copy);
        datastore = copy;

        assertEquals(1, run("points", "--json").json().path("items").size());
        assertEquals(0, restore("latest", "from-copy.img").status());
        assertArrayEquals(Files.readAllBytes(disk), Files.readAllBytes(temporary.resolve("from-copy.img")));
    }

    @Test
    void warnsOfAKeyFileThatOthersCanRead() throws IOException {
        run("init");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertEquals(0, run("points").status());
    }

    /// Takes the right to write from everybody; an administrator has it all the same.
    private static void copyReadOnly(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> copied = new ArrayList<>();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.skip(1).toList()) {
                copied.add(Files.copy(file, to.resolve(from.relativize(file))));
            }
        }
        for (Path file : copied) {
            if (Files.isRegularFile(file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
            }
        }
    }

    @Test
    void explainsWhatItCannotFind() {
        run("init");

        assertFailed("RecoveryPointNotFound", restore("latest", "x.img"));
        Run missing = run("backup", "--disk", temporary.resolve("none.img").toString(), "--name", "web-1");
        assertEquals(1, missing.status());
        assertTrue(missing.err().contains("none.img does not exist"), missing.err());
        datastore = temporary.resolve("nowhere");
        assertFailed("NotADatastore", run("points", "--json"));
    }

    @Test
    void callsWrongUsageByItsStatus() {
        assertEquals(2, new Program().run("datastore").status());
        assertEquals(
                2,
                new Program().run("datastore", "points", datastore.toString()).status());
        assertEquals(2, run("init", "--chunk-size", "3K").status());
        run("init");
        Run badName = run("backup", "--disk", disk.toString(), "--name", "../x");
        assertEquals(2, badName.status());
        assertTrue(badName.err().contains("disk name"), badName.err());
    }

    @Test
    void keepsStandardOutputForTheResult() {
        Program watched = new Program().watchedByAPerson();
        watched.run("datastore", "init", datastore.toString(), "--key-file", key.toString());
        Run run = watched.run(
                "datastore",
                "backup",
                datastore.toString(),
                "--key-file",
                key.toString(),
                "--disk",
                disk.toString(),
                "--name",
                "web-1",
                "--json");

        assertEquals("web-1", run.json().path("disk").asText());
        assertTrue(run.err().contains("Backing up web-1"), run.err());
    }

    private JsonNode backup() {
        Run run = run("backup", "--disk", disk.toString(), "--name", "web-1", "--json");
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err(), "nothing but the result where nobody watches");
        return run.json();
    }

    private Run restore(String point, String file) {
        return run(
                "restore",
                "--name",
                "web-1",
                "--point",
                point,
                "--to",
                temporary.resolve(file).toString(),
                "--json");
    }

    private Run run(String command, String... more) {
        String[] arguments = new String[5 + more.length];
        arguments[0] = "datastore";
        arguments[1] = command;
        arguments[2] = datastore.toString();
        arguments[3] = "--key-file";
        arguments[4] = key.toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return new Program().run(arguments);
    }

    private static void assertFailed(String code, Run run) {
        assertEquals(1, run.status(), run.out());
        assertEquals(code, run.json().at("/error/code").asText(), run.out());
        assertTrue(run.err().contains("[" + code + "]"), run.err());
    }

    private static void write(Path disk, int firstBlock, int blocks) throws IOException {
        byte[] content = new byte[blocks * BLOCK];
        new Random(firstBlock).nextBytes(content);
        try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.seek((long) firstBlock * BLOCK);
            file.write(content);
        }
    }
}
