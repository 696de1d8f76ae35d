package io.diskvault.app.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.console.CommandFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void isMadeForItsOwnerOnly() throws Exception {
        Path path = temporary.resolve("deep/data");

        try (DataDirectory data = DataDirectory.take(path)) {
            assertEquals(path, data.path());
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
    }

    @Test
    void belongsToOneServerAtATime() throws Exception {
        DataDirectory first = DataDirectory.take(temporary);

        CommandFailed refused = assertThrows(CommandFailed.class, () -> DataDirectory.take(temporary));
        assertEquals("DataDirectoryInUse", refused.code());
        assertTrue(refused.message().contains(temporary.toString()), refused.message());

        first.close();
        DataDirectory.take(temporary).close();
    }

    @Test
    void isFreeAgainWhenTheServerCouldNotStart() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandFailed refused = assertThrows(
                    CommandFailed.class,
                    () -> RunningServer.start(
                            DataDirectory.take(temporary), "127.0.0.1", used.getLocalPort(), List.of()));
            assertEquals("PortUnavailable", refused.code());
            assertTrue(refused.message().contains(String.valueOf(used.getLocalPort())), refused.message());
        }
        DataDirectory.take(temporary).close();
    }

    @Test
    void refusesAFileInItsPlace() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        CommandFailed refused = assertThrows(CommandFailed.class, () -> DataDirectory.take(file));
        assertEquals("DataDirectoryUnusable", refused.code());
    }

    @Test
    void remembersEachAllowedDirectoryOnce() throws Exception {
        try (DataDirectory data = DataDirectory.take(temporary)) {
            data.rememberRoot(Path.of("/disks"));
            data.rememberRoot(Path.of("/other disks"));
            data.rememberRoot(Path.of("/disks"));
        }
        try (DataDirectory data = DataDirectory.take(temporary)) {
            assertEquals(List.of(Path.of("/disks"), Path.of("/other disks")), data.rememberedRoots());
        }
    }
}
