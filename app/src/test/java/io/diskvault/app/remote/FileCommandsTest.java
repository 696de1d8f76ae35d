package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileCommandsTest extends AskingCannedServer {
    private static final String POINT = "/api/v1/backup-vaults/prod/backup-instances/web/recovery-points/p1";

    @TempDir
    Path directory;

    @Test
    void listsVolumesAndWhyTheyCannotBeRead() {
        server.on("GET " + POINT + "/volumes", 200, """
                {"items":[{"number":1,"fileSystem":"ntfs","label":"C","sizeBytes":1048576,"notes":["It was in use."]},
                 {"number":2,"fileSystem":"luks","problem":"It is encrypted with LUKS.","notes":[]}],"nextCursor":null}""");
        Run run = program.run("point", "files", "volumes", "prod/web", "p1");
        assertEquals(0, run.status(), run.err());
        assertTrue(
                run.out().matches("(?s).*\n1 +ntfs +C .*1\\.0 MiB.*\n2 +luks .*It is encrypted with LUKS\\.\n"),
                run.out());
        assertEquals("Volume 1: It was in use.\n", run.err());
    }

    @Test
    void namesFromTheDiskDoNothingToTheTerminal() {
        server.on("GET " + POINT + "/files?path=%2F&volume=2&limit=3", 200, """
                {"items":[{"name":"a\\u001b[2J\\nb\\u202e","type":"file","sizeBytes":5}],"nextCursor":"3"}""");
        Run run = program.run("point", "files", "list", "prod/web", "p1", "--volume", "2", "--limit", "3");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("a\\u001b[2J\\u000ab\\u202e"), run.out());
        assertFalse(run.out().contains("\u001b"), run.out());
        assertTrue(run.err().contains("There are more"), run.err());
    }

    @Test
    void aFileAppearsWholeOrNotAtAll() throws IOException {
        server.on("GET " + POINT + "/file?path=%2Fetc%2Ffstab", 200, "none\n");
        server.on("GET " + POINT + "/file?path=%2Fdocs&format=zip", 404, """
                {"code":"UserErrorFileNotFound","detail":"There is no '/docs'.","recommendedAction":"List."}""");
        Path file = directory.resolve("fstab");
        assertEquals(
                "Took /etc/fstab to " + file + ".\n",
                out("point", "files", "get", "prod/web", "p1", "/etc/fstab", "--to", file.toString()));
        assertEquals("none\n", Files.readString(file));
        Run missing = program.run(
                "point", "files", "get", "prod/web", "p1", "/docs", "--format", "zip", "--to", directory + "/docs.zip");
        assertEquals(1, missing.status());
        assertTrue(missing.err().contains("There is no '/docs'. [UserErrorFileNotFound]"), missing.err());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(1, left.count());
        }
    }
}
