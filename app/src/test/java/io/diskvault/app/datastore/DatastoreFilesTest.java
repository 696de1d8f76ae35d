package io.diskvault.app.datastore;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import io.diskvault.app.testing.RealDisk;
import io.diskvault.app.testing.SmallDatastore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatastoreFilesTest {
    @TempDir
    Path temporary;

    private SmallDatastore datastore;

    @BeforeEach
    void makeARecoveryPoint() throws IOException {
        assumeTrue(RealDisk.tool("mke2fs").isPresent(), "mke2fs is not installed; on Debian it is in e2fsprogs");
        datastore = SmallDatastore.in(temporary);
        Files.delete(datastore.disk());
        RealDisk.make(datastore.disk(), 16 << 20);
        datastore.newPoint();
    }

    private Run run(String command, String... more) {
        List<String> fixed = List.of(
                "datastore",
                "files",
                command,
                datastore.directory().toString(),
                "--key-file",
                datastore.key().toString(),
                "--name",
                SmallDatastore.NAME,
                "--point",
                "latest");
        Run run = new Program()
                .run(Stream.concat(fixed.stream(), Arrays.stream(more)).toArray(String[]::new));
        assumeTrue(
                List.of(more).contains("--python") || !run.err().contains("UserErrorFileReaderMissing"),
                "pytsk3 is not installed; on Debian it is in python3-tsk");
        return run;
    }

    @Test
    void listsAndTakesFiles() throws IOException {
        assertEquals(
                "ext4",
                run("volumes", "--json").json().at("/items/0/fileSystem").asText());
        assertTrue(
                run("volumes").out().matches("(?s)VOLUME .*\n0 +ext4 .*16\\.0 MiB.*"),
                run("volumes").out());
        Run list = run("list");
        assertTrue(list.out().contains(" note-199 "), list.out() + list.err());
        Path file = temporary.resolve("note");
        Run taken = run("get", "/note-3", "--to", file.toString());
        assertEquals(0, taken.status(), taken.err());
        assertEquals("This is note 3.\n".repeat(30), Files.readString(file));
        Run again = run("get", "/note-4", "--to", file.toString());
        assertEquals(1, again.status());
        assertTrue(again.err().contains("note exists already."), again.err());
        assertTrue(again.err().contains("--overwrite"), again.err());
        Run nowhere =
                run("get", "/note-4", "--to", temporary.resolve("none/note").toString());
        assertTrue(nowhere.err().contains("There is no directory " + temporary.resolve("none") + "."), nowhere.err());
        assertEquals(
                0, run("get", "/note-4", "--to", file.toString(), "--overwrite").status());
        assertTrue(Files.readString(file).startsWith("This is note 4.\n"));
        assertEquals(
                "This is note 1.\n".repeat(10),
                run("get", "/note-1", "--to", "-").out());
    }

    @Test
    void takesFoldersAsArchives() throws IOException {
        Path zip = temporary.resolve("all.zip");
        assertEquals(
                0, run("get", "/", "--to", zip.toString(), "--format", "zip").status());
        assertEquals("PK", new String(Files.readAllBytes(zip), 0, 2, US_ASCII));
        Run refused = run("get", "/none", "--to", temporary.resolve("none").toString(), "--json");
        assertEquals(1, refused.status());
        assertEquals("UserErrorFileNotFound", refused.json().at("/error/code").asText());
        assertFalse(Files.exists(temporary.resolve("none")));
    }

    @Test
    void saysHowToInstallTheReader() {
        Run run = run("volumes", "--python", temporary.resolve("nothing").toString());
        assertEquals(1, run.status());
        assertTrue(run.err().contains("apt install python3-tsk"), run.err());
    }
}
