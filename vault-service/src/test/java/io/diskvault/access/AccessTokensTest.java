package io.diskvault.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokensTest {
    private static final String ADMINISTRATOR = "00000000-0000-4000-8000-000000000001";

    @TempDir
    Path directory;

    private TestServer start(String administratorToken) {
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory));
        settings.put("diskvault.admin-token", administratorToken);
        return TestServer.start(settings);
    }

    private static int statusWith(TestServer server, String token) {
        return TestServer.send(HttpRequest.newBuilder(server.url().resolve("/api/v1/tokens"))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .status();
    }

    private static Optional<String> made(TestServer server) {
        return server.part(AccessTokens.class).administratorTokenOfFirstStart();
    }

    @Test
    void theFirstStartMakesTheAdministratorsTokenAndTellsItOnce() {
        String token;
        try (TestServer server = start("")) {
            token = made(server).orElseThrow();
            assertEquals(200, statusWith(server, token));
        }
        try (TestServer server = start("")) {
            assertEquals(Optional.empty(), made(server));
            assertEquals(200, statusWith(server, token));
        }
    }

    @Test
    void aGivenTokenIsTakenAtTheFirstStartOnly() {
        try (TestServer server = start(TestServer.TOKEN)) {
            assertEquals(Optional.empty(), made(server));
            assertEquals(200, statusWith(server, TestServer.TOKEN));
        }
        String other = "another-administrators-token-0123456789";
        try (TestServer server = start(other)) {
            assertEquals(401, statusWith(server, other));
            assertEquals(200, statusWith(server, TestServer.TOKEN));
        }
    }

    @Test
    void aRevokedAdministratorsTokenDelaysNoStart() {
        try (TestServer server = start(TestServer.TOKEN)) {
            assertEquals(204, server.delete("/api/v1/tokens/" + ADMINISTRATOR).status());
        }
        long before = System.nanoTime();
        try (TestServer server = start(TestServer.TOKEN)) {
            assertTrue(System.nanoTime() - before < Duration.ofSeconds(9).toNanos());
            assertEquals(401, statusWith(server, TestServer.TOKEN));
        }
    }

    @Test
    void theProcessHasATokenOfItsOwnThatIsNotListed() {
        try (TestServer server = start(TestServer.TOKEN)) {
            String token = server.part(AccessTokens.class).processToken();
            assertEquals(200, statusWith(server, token));
            assertEquals(1, server.get("/api/v1/tokens").body().get("items").size());
        }
    }

    @Test
    void aTokenOpensNothingOnceItHasExpired() {
        try (TestServer server = start(TestServer.TOKEN)) {
            Instant expiry = Instant.now().plusMillis(1500);
            JsonNode issued = server.post(
                            "/api/v1/tokens", "{\"name\":\"short-lived\",\"expiresAt\":\"%s\"}".formatted(expiry))
                    .body();
            String token = issued.get("token").asText();
            assertEquals(200, statusWith(server, token));
            while (Instant.now().isBefore(expiry)) {
                LockSupport.parkNanos(1_000_000);
            }
            assertEquals(401, statusWith(server, token));
        }
    }
}
