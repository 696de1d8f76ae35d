package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.CannedServer;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.Program.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people read when they cannot get in.
final class ServerAccessTest {
    private static final String REFUSAL = "{\"code\":\"Unauthorized\",\"detail\":\"no\"}";

    @Test
    void saysThatNoServerIsThere() throws IOException {
        String address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "http://127.0.0.1:" + free.getLocalPort();
        }

        Run run = new Program().run("vault", "list", "--server", address);

        assertEquals(1, run.status());
        assertTrue(run.err().contains("No Diskvault server answers at " + address), run.err());
        assertTrue(run.err().contains("diskvault serve"), run.err());
    }

    @Test
    void asksForAMissingToken() throws IOException {
        try (CannedServer server = CannedServer.start().on("GET /api/v1/backup-vaults", 401, REFUSAL)) {
            Run run = new Program().run("vault", "list", "--server", server.address());

            assertEquals(1, run.status());
            assertTrue(run.err().contains("[TokenMissing]"), run.err());
            assertTrue(run.err().contains("DISKVAULT_TOKEN"), run.err());
        }
    }

    @Test
    void saysThatATokenIsRefusedAndNeverShowsIt() throws IOException {
        try (CannedServer server = CannedServer.start().on("GET /api/v1/backup-vaults", 401, "")) {
            Run run = new Program()
                    .with("DISKVAULT_TOKEN", "very-secret")
                    .run("vault", "list", "--json", "--server", server.address() + "/");

            assertEquals("TokenRefused", run.json().at("/error/code").asText());
            assertFalse((run.out() + run.err()).contains("very-secret"));
        }
    }

    @Test
    void saysThatATokenFileIsMissingOrEmpty(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("token");
        assertTrue(new Program()
                .run("vault", "list", "--token-file", file.toString())
                .err()
                .contains("cannot be read"));

        Files.writeString(file, "\n");
        assertTrue(new Program()
                .run("vault", "list", "--token-file", file.toString())
                .err()
                .contains("holds no token"));
    }

    @Test
    void recognisesThatSomethingElseAnswers() throws IOException {
        try (CannedServer server = CannedServer.start().on("GET /api/v1/backup-vaults", 200, "<html>hello</html>")) {
            Run run = new Program().run("vault", "list", "--json", "--server", server.address());

            assertEquals("UnexpectedAnswer", run.json().at("/error/code").asText());
        }
    }

    @Test
    void refusesAnAddressThatIsNone() {
        for (String address : new String[] {"nonsense", "ftp://host", "http://", "http://a b"}) {
            Run run = new Program().run("vault", "list", "--json", "--server", address);

            assertEquals(1, run.status());
            assertEquals("InvalidServerAddress", run.json().at("/error/code").asText(), address);
        }
    }
}
