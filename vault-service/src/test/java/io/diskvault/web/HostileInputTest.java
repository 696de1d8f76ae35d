package io.diskvault.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Input that only a database would stumble over.
@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are set before the first test
class HostileInputTest {
    private static final String FAR = "%2B999999999-12-31T23:59:59Z";

    @TempDir
    static Path directory;

    @Parameter
    TestDatabase database;

    TestServer server;

    @BeforeParameterizedClassInvocation
    void start() {
        Path home = directory.resolve(database.name());
        Protected.makeDisk(home, "web-1.img", 1, 1 << 12);
        server = TestServer.start(Protected.settings(database, home));
        Protected.configure(server, home);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    private static String cursor(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void questionsAreRefusedOrAnsweredWithNothing() {
        String instance = Protected.INSTANCE_PATH;
        for (String path : List.of(
                "/api/v1/backup-jobs/%00",
                "/api/v1/backup-jobs?vault=%00",
                "/api/v1/backup-jobs?instance=%00",
                "/api/v1/backup-jobs?from=" + FAR,
                "/api/v1/backup-jobs?to=" + FAR,
                "/api/v1/backup-jobs?from=-999999999-01-01T00:00:00Z",
                instance + "/recovery-points/%00",
                instance + "/recovery-points?from=" + FAR,
                instance + "/recovery-points?to=" + FAR,
                "/api/v1/backup-vaults/%00",
                "/api/v1/backup-vaults/%00/backup-instances",
                "/api/v1/backup-vaults/%00/backup-policies",
                "/api/v1/resource-groups/%00/disks",
                "/api/v1/backup-vaults?cursor=" + cursor("+999999999-12-31T23:59:59Z x"),
                "/api/v1/backup-vaults?cursor=" + cursor("-999999999-12-31T23:59:59Z x"),
                "/api/v1/backup-vaults?cursor=" + cursor("2026-11-01T00:00:00Z \0"),
                "/api/v1/tokens?cursor=" + cursor("2026-11-01T00:00:00Z \0"))) {
            Answer answer = server.get(path);
            assertTrue(answer.status() < 500, () -> path + ": " + answer.body());
        }
    }

    @Test
    void aTokenThatOutlivesAllCalendarsIsRefused() {
        Answer answer =
                server.post("/api/v1/tokens", "{\"name\":\"laptop\",\"expiresAt\":\"+999999999-12-31T23:59:59Z\"}");
        assertEquals(422, answer.status(), () -> answer.body().toString());
        assertEquals(
                422,
                server.post("/api/v1/tokens", "{\"name\":\"laptop\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}")
                        .status());
        assertEquals(
                422, server.post("/api/v1/tokens", "{\"name\":\"-laptop\"}").status());
        assertEquals(422, server.post("/api/v1/tokens", "{}").status());
    }

    @Test
    void aDiskSourceOfAnyLengthIsAnsweredAndHoldsNothingUp() {
        Answer answer = server.put(
                "/api/v1/resource-groups/vm-disks/disks/long",
                "{\"source\":\"file:" + "./".repeat(5000) + "web-1.img\"}");
        assertEquals(422, answer.status(), () -> answer.body().toString());
    }
}
