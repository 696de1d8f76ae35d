package io.diskvault.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.Exports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportSocketTest {
    private static final Exports NONE = new Exports() {
        @Override
        public List<String> listed() {
            return List.of();
        }

        @Override
        public Optional<Export> find(String name) {
            return Optional.empty();
        }
    };

    private static ExportSettings settings(Optional<Path> socket) {
        return new ExportSettings(Duration.ofHours(1), 1, 1, socket);
    }

    @Test
    void aPathThatIsTooLongForASocketIsRefusedWithTheWayOut(@TempDir Path directory) throws IOException {
        Path data = Files.createDirectory(directory.resolve("d".repeat(100)));
        ExportSocket tooLong = new ExportSocket(data, settings(Optional.empty()));
        CommandRejected refused = assertThrows(CommandRejected.class, () -> tooLong.open(NONE));
        assertEquals(ExportRejection.SOCKET_UNUSABLE, refused.rejection());
        assertTrue(String.valueOf(refused.getMessage()).contains("107 bytes"), refused.getMessage());
        assertTrue(tooLong.uri("web-1").isEmpty());

        Path elsewhere = directory.resolve("nbd.sock");
        ExportSocket shorter = new ExportSocket(data, settings(Optional.of(elsewhere)));
        shorter.open(NONE);
        assertEquals(
                "nbd+unix:///web-1?socket=" + elsewhere,
                shorter.uri("web-1").orElseThrow().toString());
        shorter.close();
        assertTrue(Files.notExists(elsewhere));
    }

    @Test
    void oneServerListensAtATime(@TempDir Path directory) throws IOException {
        ExportSocket first = new ExportSocket(directory, settings(Optional.empty()));
        first.open(NONE);
        first.open(NONE);
        ExportSocket second = new ExportSocket(directory, settings(Optional.empty()));
        assertThrows(CommandRejected.class, () -> second.open(NONE));
        first.close();
        second.open(NONE);
        second.close();
    }
}
