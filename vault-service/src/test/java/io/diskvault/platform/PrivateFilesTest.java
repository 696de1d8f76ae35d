package io.diskvault.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.exceptions.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What other users of the machine can reach when the server starts.
final class PrivateFilesTest {
    @TempDir
    Path directory;

    @Test
    void closesWhatTheServerMadeItself() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Path key = file(data.resolve("datastore.key"), "rw-r--r--");
        Path history = file(data.resolve("audit.key"), "rw-rw----");
        Path other = file(data.resolve("allowed-roots"), "rw-r--r--");
        mode(data, "rwxr-xr-x");

        new PrivateFiles(data, "", "");

        assertEquals("rwx------", mode(data));
        assertEquals("rw-------", mode(key));
        assertEquals("rw-------", mode(history));
        assertEquals("rw-r--r--", mode(other));
    }

    @Test
    void leavesAloneWhatIsClosedOrNotThere() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        mode(data, "rwx------");
        Path key = file(data.resolve("datastore.key"), "r--------");
        new PrivateFiles(data, "", "");
        assertEquals("r--------", mode(key));
        new PrivateFiles(
                directory.resolve("absent"), "", directory.resolve("absent").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-rw----", "rw-----w-"})
    void refusesGivenSecretsThatOthersCanReachAndDoesNotChangeThem(String open) throws IOException {
        Path secret = file(directory.resolve("secret"), open);
        for (String[] given : new String[][] {{secret.toString(), ""}, {"", secret.toString()}}) {
            ConfigurationException refused =
                    assertThrows(ConfigurationException.class, () -> new PrivateFiles(directory, given[0], given[1]));
            assertTrue(String.valueOf(refused.getMessage()).contains("chmod o=,g-w " + secret), refused.getMessage());
        }
        assertEquals(open, mode(secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--r-----", "rw-r-----"})
    void takesGivenSecretsThatTheGroupMayRead(String closed) throws IOException {
        Path secret = file(directory.resolve("secret"), closed);
        new PrivateFiles(directory, secret.toString(), secret.toString());
        assertEquals(closed, mode(secret));
    }

    private static Path file(Path path, String mode) throws IOException {
        mode(Files.createFile(path), mode);
        return path;
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
