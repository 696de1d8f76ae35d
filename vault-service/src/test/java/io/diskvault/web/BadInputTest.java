package io.diskvault.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private TestServer server;
    private Path home;

    @BeforeAll
    void start(@TempDir Path directory) {
        home = directory;
        server = TestServer.start(Protected.settings(TestDatabase.H2, directory));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void anUnknownPathIsAProblem() {
        Answer answer = server.get("/api/v1/nothing");
        assertProblem(answer, 404, "UserErrorNoSuchEndpoint");
    }

    @Test
    void aWrongMethodIsAProblem() {
        assertProblem(server.post("/api/v1/backup-vaults/prod", "{}"), 405, "UserErrorMethodNotAllowed");
    }

    @Test
    void malformedJsonIsAProblem() {
        assertProblem(server.put("/api/v1/backup-vaults/prod", "{\"x\":"), 400, "UserErrorMalformedRequest");
        assertProblem(server.put("/api/v1/backup-vaults/prod", "[1,2]"), 400, "UserErrorMalformedRequest");
        assertProblem(server.get("/api/v1/backup-vaults/prod"), 404, "UserErrorBackupVaultNotFound");
    }

    @Test
    void anUnknownFieldIsNamed() {
        Answer answer = server.put("/api/v1/backup-vaults/prod", "{\"colour\":\"blue\"}");
        assertProblem(answer, 400, "UserErrorMalformedRequest");
        assertTrue(answer.body().get("detail").asText().contains("'colour'"));
        assertProblem(server.get("/api/v1/backup-vaults/prod"), 404, "UserErrorBackupVaultNotFound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"immutability\":{\"a\":1}}|immutability has to be a text.",
                "{\"immutability\":[\"Locked\"]}|immutability has to be a text.",
                "{\"softDelete\":\"On\"}|softDelete has to be an object.",
                "{\"softDelete\":{\"retentionDays\":\"many\"}}|softDelete.retentionDays is 'many'; it has to be a whole number.",
                "{\"softDelete\":{\"retentionDays\":14.5}}|softDelete.retentionDays is '14.5'; it has to be a whole number.",
                "[1]|The body has to be an object.",
                "{} {}|The body has something after its end; it is one JSON value.",
                "{\"a\":|The body is no JSON, from line 1, column 6 on.",
            })
    void whatIsWrongWithABodyIsSaidInWordsOfJson(String body, String detail) {
        Answer answer = server.put("/api/v1/backup-vaults/prod", body);
        assertProblem(answer, 400, "UserErrorMalformedRequest");
        assertEquals(detail, answer.body().get("detail").asText());
    }

    @Test
    void aTextWithAZeroIsRefused() {
        Answer answer = server.put("/api/v1/backup-vaults/prod", "{\"immutability\":\"a\\u0000b\"}");
        assertProblem(answer, 422, "UserErrorInvalidRequest");
        assertEquals(
                "immutability has a zero character (\\u0000) in it.",
                answer.body().get("detail").asText());
    }

    @Test
    void whatIsNotOfThePageIsNotThereForAnybody() {
        for (String path : List.of("/page", "/page/", "/page/nothing.js")) {
            HttpRequest unsigned =
                    HttpRequest.newBuilder(server.url().resolve(path)).build();
            assertEquals(404, TestServer.send(unsigned).status(), path);
        }
    }

    @Test
    void aBodyOfAHundredMegabytesIsRefused() {
        Answer answer = server.put("/api/v1/backup-vaults/prod", "{\"a\":\"" + "x".repeat(100_000_000) + "\"}");
        assertProblem(answer, 413, "UserErrorRequestTooLarge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "-ab", "ab-", "1ab", "a_b", "a%20b", "%C3%A9t%C3%A9"})
    void aNameThatBreaksTheRuleIsRefused(String name) {
        assertProblem(server.put("/api/v1/backup-vaults/" + name, "{}"), 422, "UserErrorInvalidName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "cursor=x", "cursor=AAAA"})
    void aWrongPageIsRefused(String query) {
        assertProblem(server.get("/api/v1/backup-vaults?" + query), 422, "UserErrorInvalidRequest");
    }

    @Test
    void aLimitThatIsNoNumberIsAProblem() {
        assertProblem(server.get("/api/v1/backup-vaults?limit=many"), 400, "UserErrorBadRequest");
    }

    @Test
    void nothingIsSaidWithoutAValidToken() {
        HttpRequest without = HttpRequest.newBuilder(server.url().resolve("/api/v1/backup-vaults"))
                .build();
        assertProblem(TestServer.send(without), 401, "UserErrorUnauthorized");
        HttpRequest wrong = HttpRequest.newBuilder(server.url().resolve("/api/v1/backup-vaults"))
                .header("Authorization", "Bearer dv_wrongwrongwrongwrongwrong")
                .build();
        assertProblem(TestServer.send(wrong), 401, "UserErrorUnauthorized");
    }

    @Test
    void healthIsToldToEverybody() {
        Answer answer = TestServer.send(
                HttpRequest.newBuilder(server.url().resolve("/health")).build());
        assertEquals(200, answer.status());
        assertEquals("UP", answer.body().get("status").asText());
    }

    @Test
    void aRevokedTokenOpensNothing() {
        Answer issued = server.post("/api/v1/tokens", "{\"name\":\"laptop\"}");
        assertEquals(201, issued.status());
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/api/v1/tokens"))
                .header("Authorization", "Bearer " + issued.body().get("token").asText())
                .build();
        Answer list = TestServer.send(request);
        assertEquals(200, list.status());
        assertFalse(list.body().toString().contains(issued.body().get("token").asText()));
        assertEquals(
                204,
                server.delete("/api/v1/tokens/" + issued.body().get("id").asText())
                        .status());
        assertProblem(TestServer.send(request), 401, "UserErrorUnauthorized");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertEquals(status, answer.status(), () -> answer.body().toString());
        assertEquals(code, answer.code(), () -> answer.body().toString());
        assertEquals(status, answer.body().get("status").asInt());
        assertTrue(answer.header("content-type").startsWith("application/problem+json"), answer.toString());
        assertFalse(answer.body().get("recommendedAction").asText().isEmpty());
    }

    @Test
    void aTokenThatOutlivesAllCalendarsIsRefused() {
        for (String body : List.of(
                "{\"name\":\"laptop\",\"expiresAt\":\"+999999999-12-31T23:59:59Z\"}",
                "{\"name\":\"laptop\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
                "{\"name\":\"-laptop\"}",
                "{}")) {
            assertEquals(422, server.post("/api/v1/tokens", body).status(), body);
        }
    }

    @Test
    void aDiskSourceOfAnyLengthIsAnsweredAndHoldsNothingUp() {
        String group = "/api/v1/resource-groups/vm-disks";
        assertEquals(
                201, server.put(group, "{\"disksRoot\":\"%s\"}".formatted(home)).status());
        Answer answer = server.put(group + "/disks/long", "{\"source\":\"file:" + "./".repeat(5000) + "web-1.img\"}");
        assertEquals(422, answer.status(), () -> answer.body().toString());
    }
}
