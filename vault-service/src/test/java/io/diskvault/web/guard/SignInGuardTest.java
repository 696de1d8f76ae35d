package io.diskvault.web.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The throttle in front of the server.
final class SignInGuardTest {
    @Test
    void whoGuessesTokensIsHeldOffAndWhoHasOneIsNot(@TempDir Path directory) {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory));
        settings.put("diskvault.sign-in.failures", 3);
        settings.put("diskvault.sign-in.longest-wait", "1h");
        try (TestServer server = TestServer.start(settings)) {
            assertEquals(200, server.get("/api/v1/backup-vaults").status());
            for (int i = 0; i < 3; i++) {
                assertEquals(401, guess(server).status());
            }

            Answer held = guess(server);

            assertEquals(429, held.status());
            assertEquals("UserErrorTooManyFailedSignIns", held.code());
            assertTrue(held.body().get("retryable").asBoolean());
            assertEquals("1", held.header("retry-after"));
            assertEquals("nosniff", held.header("x-content-type-options"));
            assertEquals(
                    200,
                    TestServer.send(HttpRequest.newBuilder(server.url().resolve("/health"))
                                    .build())
                            .status());
            assertEquals(200, server.get("/api/v1/backup-vaults").status());
            assertEquals(401, guess(server).status());
        }
    }

    private static Answer guess(TestServer server) {
        return TestServer.send(HttpRequest.newBuilder(server.url().resolve("/api/v1/backup-vaults"))
                .header("Authorization", "Bearer dv_guessguessguessguessguess")
                .build());
    }
}
