package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.FormatTooOldException;
import io.diskvault.engine.WrongKeyException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("key");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(file(), text);
    }

    @Test
    void readsWhatItCreated() throws Exception {
        KeyFile created = KeyFile.create(file());

        assertArrayEquals(created.secret(), KeyFile.read(file()).secret());
        assertEquals(32, created.secret().length);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void neverReplacesAKey() throws Exception {
        KeyFile.create(file());
        String text = Files.readString(file());

        assertThrows(FileAlreadyExistsException.class, () -> KeyFile.create(file()));
        assertEquals(text, Files.readString(file()));
    }

    @Test
    void neverShowsTheSecret() throws Exception {
        KeyFile key = KeyFile.create(file());

        assertFalse(key.toString().contains(HexFormat.of().formatHex(key.secret())));
    }

    @Test
    void tellsWhatIsWrongWithAFile() throws Exception {
        KeyFile.create(file());
        String text = Files.readString(file());
        Path target = file();

        assertThrows(NoSuchFileException.class, () -> KeyFile.read(directory.resolve("absent")));
        assertThrows(WrongKeyException.class, () -> KeyFile.read(file("")));
        assertThrows(WrongKeyException.class, () -> KeyFile.read(file("-----BEGIN RSA PRIVATE KEY-----\n")));
        assertThrows(WrongKeyException.class, () -> KeyFile.read(file("x".repeat(5000))));
        assertThrows(
                FormatTooNewException.class,
                () -> KeyFile.read(file(text.replace("diskvault-key 1", "diskvault-key 2"))));
        assertThrows(
                FormatTooOldException.class,
                () -> KeyFile.read(file(text.replace("diskvault-key 1", "diskvault-key 0"))));
        assertThrows(CorruptDatastoreException.class, () -> KeyFile.read(file(text.substring(0, 50))));
        assertThrows(CorruptDatastoreException.class, () -> KeyFile.read(file("diskvault-key 1\nzz\nzz\n")));
        char digit = text.charAt(20);
        String flipped = text.substring(0, 20) + (digit == '0' ? '1' : '0') + text.substring(21);
        assertThrows(CorruptDatastoreException.class, () -> KeyFile.read(file(flipped)));
        assertArrayEquals(
                KeyFile.read(file(text)).secret(), KeyFile.read(target).secret());
    }
}
