package io.diskvault.engine.posix;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class SystemErrorsTest {

    private static final Path FULL = Path.of("/dev/full");
    private static final int EDQUOT = 122;

    @Test
    void knowsAFullFileSystemHoweverItIsWrittenTo() throws Exception {
        try (FileChannel channel = FileChannel.open(FULL, StandardOpenOption.WRITE);
                OutputStream stream = new FileOutputStream(FULL.toFile())) {
            IOException byChannel = assertThrows(IOException.class, () -> channel.write(ByteBuffer.allocate(1)));
            IOException byStream = assertThrows(IOException.class, () -> stream.write(1));

            assertTrue(SystemErrors.isNoSpace(byChannel));
            assertTrue(SystemErrors.isNoSpace(byStream));
            assertTrue(SystemErrors.isNoSpace(new IOException("A pack could not be written.", byStream)));
        }
    }

    @Test
    void knowsAQuotaInTheWordsOfTheSystem() {
        assertTrue(SystemErrors.isNoSpace(new FileSystemException("a", "b", LibC.text(EDQUOT))));
        assertTrue(SystemErrors.isNoSpace(new IOException(new LibC.Answer(-1, EDQUOT).reason())));
    }

    @Test
    void takesNothingElseForIt() {
        IOException missing = assertThrows(NoSuchFileException.class, () -> Files.size(Path.of("/absent/file")));

        assertFalse(SystemErrors.isNoSpace(missing));
        assertFalse(SystemErrors.isNoSpace(new AccessDeniedException("a")));
        assertFalse(SystemErrors.isNoSpace(new IOException()));
        assertFalse(SystemErrors.isNoSpace(new IOException(new LibC.Answer(-1, 5).reason())));
    }
}
