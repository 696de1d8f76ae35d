package io.diskvault.engine.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A directory that somebody exchanges for a link while it is in use.
final class HeldDirectoryTest {
    @TempDir
    Path temporary;

    private Path directory;
    private Path outside;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(temporary.toRealPath().resolve("disks"));
        outside = Files.createDirectory(temporary.toRealPath().resolve("outside"));
    }

    private void exchange() throws IOException {
        Files.move(directory, directory.resolveSibling("aside"));
        Files.createSymbolicLink(directory, outside);
    }

    @Test
    void staysTheSameWhateverItsNameLeadsTo() throws IOException {
        try (Descriptor held = Descriptor.openDirectory(directory)) {
            exchange();
            Files.writeString(held.self().resolve("restored.img"), "disk");
        }
        assertEquals("disk", Files.readString(directory.resolveSibling("aside").resolve("restored.img")));
        assertFalse(Files.exists(outside.resolve("restored.img")));
    }

    @Test
    void isNeverTakenThroughALink() throws IOException {
        Files.createDirectory(outside.resolve("below"));
        exchange();
        assertThrows(FileSystemException.class, () -> Descriptor.openDirectory(directory));
        assertThrows(FileSystemException.class, () -> Descriptor.openDirectory(directory.resolve("below")));
    }
}
