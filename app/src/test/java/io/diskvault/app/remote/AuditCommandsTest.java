package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditCommandsTest extends AskingCannedServer {
    private static final String VERIFICATION = "POST /api/v1/audit/verification";

    @TempDir
    private Path directory;

    @Test
    void anIntactHistoryEndsWithZero() {
        server.on(VERIFICATION, 200, """
                {"intact":true,"events":17,"signedEvents":15,"signedTime":"2026-11-21T12:00:00Z","findings":[]}""");
        Run run = program.run("audit", "verify");
        assertEquals(0, run.status(), run.err());
        assertTrue(
                run.out()
                        .startsWith("17 events were compared with their chain; 15 of them are signed, the last time at"
                                + " 2026-11-21T12:00:00Z.\n"),
                run.out());
    }

    @Test
    void aFindingEndsWithOneAndSaysWhere() {
        server.on(VERIFICATION, 200, """
                {"intact":false,"events":17,"signedEvents":0,"signedTime":null,"findings":[{"kind":"Changed","position":3,
                 "globalIndex":4,"stream":"vault:prod","sequenceNumber":1,"message":"the event was changed"}]}""");
        Run run = program.run("audit", "verify");
        assertEquals(1, run.status());
        assertTrue(run.out().contains("vault:prod"), run.out());
        assertTrue(run.out().contains("the event was changed"), run.out());
    }

    @Test
    void keysAndCheckpointsFromElsewhereAreSent() throws IOException {
        Files.writeString(directory.resolve("2.checkpoint"), "second");
        Files.writeString(directory.resolve("1.checkpoint"), "first");
        Files.writeString(directory.resolve("other"), "other");
        Path key = Files.writeString(directory.resolve("key.pub"), "pem");
        server.on(VERIFICATION, 200, "{\"intact\":true,\"findings\":[]}");
        Run run = program.run(
                "audit", "verify", "--public-key", key.toString(), "--checkpoints", directory.toString(), "--json");
        assertEquals(0, run.status(), run.err());
        assertTrue(
                server.asked().toString().contains("{\"publicKeys\":[\"pem\"],\"checkpoints\":[\"first\",\"second\"]}"),
                () -> server.asked().toString());
        assertEquals(
                1,
                program.run("audit", "verify", "--public-key", "/nowhere/key").status());
    }

    @Test
    void theExportIsPassedOnAsItIs() {
        server.on("GET /api/v1/audit/events?from=2026-11-21T00%3A00%3A00Z", 200, "{\"a\":1}\n{\"a\":2}\n");
        Run run = program.run("audit", "export", "--from", "2026-11-21T00:00:00Z");
        assertEquals(0, run.status(), run.err());
        assertEquals("{\"a\":1}\n{\"a\":2}\n", run.out());
        Run refused = program.run("audit", "export");
        assertEquals(1, refused.status());
    }

    @Test
    void whatWasIsAskedForByItsInstant() {
        String asOf = "?asOf=2026-11-21T12%3A00%3A00Z";
        String vault = "/api/v1/backup-vaults/prod";
        String empty = "{\"items\":[],\"nextCursor\":null}";
        for (String list : List.of(
                "/api/v1/backup-vaults",
                vault + "/backup-policies",
                vault + "/backup-instances",
                vault + "/backup-instances/web/recovery-points",
                "/api/v1/backup-jobs")) {
            server.on("GET " + list + asOf, 200, empty);
        }
        for (String thing : List.of(
                vault,
                vault + "/backup-policies/gold",
                vault + "/backup-instances/web",
                vault + "/backup-instances/web/recovery-points/p1",
                "/api/v1/backup-jobs/j1")) {
            server.on("GET " + thing + asOf, 200, "{\"name\":\"x\"}");
        }
        for (String command : List.of(
                "vault list",
                "vault show prod",
                "policy list --vault prod",
                "policy show gold --vault prod",
                "instance list --vault prod",
                "instance show prod/web",
                "point list prod/web",
                "point show prod/web p1",
                "job list",
                "job show j1")) {
            Run run = program.run((command + " --as-of 2026-11-21T12:00:00Z").split(" "));
            assertEquals(0, run.status(), () -> command + ": " + run.err());
        }
    }
}
