package io.diskvault.app.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import io.diskvault.engine.source.DiskFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bad input fails before anything is made.
final class QuickstartInputTest {
    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({
        "missing.img, does not exist",
        "directory, is a directory",
        "empty.img, is empty",
        "/dev/null, is neither a file nor a block device",
        "dangling.img, does not exist",
    })
    void refusesWhatIsNoDisk(String name, String why) throws IOException {
        Files.createDirectory(temporary.resolve("directory"));
        Files.createFile(temporary.resolve("empty.img"));
        Files.createSymbolicLink(temporary.resolve("dangling.img"), temporary.resolve("nowhere"));
        Path data = temporary.resolve("data");

        Run run = new Program()
                .run("quickstart", temporary.resolve(name).toString(), "--data", data.toString(), "--json");

        assertEquals(1, run.status());
        assertEquals("DiskUnusable", run.json().at("/error/code").asText());
        assertTrue(run.err().contains(why), run.err());
        assertFalse(Files.exists(data));
    }

    @Test
    void needsADisk() {
        assertEquals(2, new Program().run("quickstart").status());
    }

    @Test
    void followsALinkToWhereTheDiskReallyIs() throws IOException, CommandFailed {
        Path real = Files.createDirectory(temporary.resolve("real")).toRealPath();
        Path disk = Files.writeString(real.resolve("disk.img"), "content");
        Path link = Files.createSymbolicLink(temporary.resolve("link.img"), disk);

        assertEquals(new DiskFile(real, "disk.img", DiskFormat.RAW, 7), DiskFile.check(link, Optional.empty()));
    }
}
