package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import org.junit.jupiter.api.Test;

final class RestoreTestCommandsTest extends AskingCannedServer {
    private static final String PLAN = "/api/v1/backup-vaults/prod/restore-test-plan";
    private static final String TESTS = "/api/v1/backup-vaults/prod/backup-instances/web/restore-tests";
    private static final String NO_PLAN = "{\"code\":\"UserErrorRestoreTestPlanNotFound\",\"detail\":\"none\"}";
    private static final String THERE = """
            {"vault":"prod","version":3,"schedule":{"repeatingTimeIntervals":["R/2026-11-01T02:00:00+00:00/P1W"],
             "timeZone":null},"sharePercent":25,"recoveryPoint":"Latest","scratchResourceGroup":"scratch",
             "checks":{"content":true,"fileSystem":true,"script":"db.sh"},"checkTimeLimit":"PT10M","maxAge":"P30D",
             "nextTests":"soon"}""";

    private String sent() {
        return server.asked().getLast().body();
    }

    @Test
    void makesAPlan() {
        server.on("GET " + PLAN, 404, NO_PLAN).on("PUT " + PLAN, 201, THERE);
        String said = out(
                "vault",
                "test-plan",
                "set",
                "prod",
                "--every",
                "weekly",
                "--starting",
                "2026-11-01T02:00:00+00:00",
                "--scratch",
                "scratch",
                "--no-file-system",
                "--max-age",
                "14d");
        assertEquals("Restores of vault prod are tested by version 3 of its plan; next at soon.\n", said);
        assertEquals(
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+00:00/P1W\"]},"
                        + "\"scratchResourceGroup\":\"scratch\",\"checks\":{\"fileSystem\":false},\"maxAge\":\"P14D\"}",
                sent());
    }

    @Test
    void changesWhatIsNamedAndKeepsTheRest() {
        server.on("GET " + PLAN, 200, "\"3\"", THERE).on("PUT " + PLAN, 200, THERE);
        out("vault", "test-plan", "set", "prod", "--share", "50", "--script", "none");
        assertEquals("\"3\"", server.asked().getLast().ifMatch());
        assertEquals(
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+00:00/P1W\"],\"timeZone\":null},"
                        + "\"scratchResourceGroup\":\"scratch\",\"sharePercent\":50,\"recoveryPoint\":\"Latest\","
                        + "\"checkTimeLimit\":\"PT10M\",\"maxAge\":\"P30D\","
                        + "\"checks\":{\"fileSystem\":true,\"script\":null}}",
                sent());
    }

    @Test
    void aNewPlanNeedsATimeAndAPlace() {
        server.on("GET " + PLAN, 404, NO_PLAN);
        Run run = program.run("vault", "test-plan", "set", "prod", "--every", "weekly");
        assertEquals(2, run.status());
        assertTrue(run.err().contains("--every weekly --scratch GROUP"), run.err());
    }

    @Test
    void showsAndDeletes() {
        server.on("GET " + PLAN, 200, "\"3\"", THERE).on("DELETE " + PLAN, 204, "");
        String shown = out("vault", "test-plan", "show", "prod");
        assertTrue(shown.contains("content, file systems, script db.sh"), shown);
        assertEquals("Deleted restore test plan of vault prod.\n", out("vault", "test-plan", "delete", "prod"));
    }

    @Test
    void testsAndSaysWhatWasFound() {
        server.on("POST " + TESTS, 202, "{\"id\":\"j1\",\"status\":\"Queued\"}")
                .on(
                        "GET /api/v1/backup-jobs/j1",
                        200,
                        "{\"id\":\"j1\",\"status\":\"CompletedWithWarnings\",\"recoveryPoint\":\"p1\","
                                + "\"warnings\":[\"script db.sh: Failed: Exit status 1.\"]}")
                .on("GET " + TESTS, 200, """
                        {"items":[{"recoveryPoint":"p1","outcome":"CheckFailed","seconds":1.5,"restoredBytes":1048576,
                         "checks":[{"check":"content","outcome":"Passed"}],"job":"j1"}],"nextCursor":null}""");
        Run run = program.run("instance", "test", "start", "prod/web", "--scratch", "scratch");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("script db.sh: Failed"), run.err());
        assertTrue(run.out().startsWith("Recovery point p1 of prod/web was restored"), run.out());
        String list = out("instance", "test", "list", "prod/web");
        assertTrue(list.contains("CheckFailed") && list.contains("content Passed"), list);
    }

    @Test
    void reportsOnAVault() {
        server.on("GET /api/v1/backup-vaults/prod/restore-test-report", 200, """
                {"items":[{"instance":"web","lastProof":{"seconds":2.0,"bytesPerSecond":1048576},"unprovenDays":31,
                 "proofOverdue":true}],"nextCursor":null}""");
        String report = out("vault", "test-report", "prod");
        assertTrue(report.contains("1.0 MiB/s") && report.contains("yes"), report);
    }
}
