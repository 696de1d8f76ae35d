package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Commands that start work on the server and wait for its end.
final class JobFollowingTest extends AskingCannedServer {
    private static final String QUEUED = "{\"id\":\"j1\",\"operation\":\"Backup\",\"status\":\"Queued\"}";
    private static final String RUNNING = """
            {"id":"j1","operation":"Backup","status":"InProgress",
             "progress":{"doneBytes":268435456,"totalBytes":1073741824,"percent":25.0}}
            """;
    private static final String COMPLETED =
            "{\"id\":\"j1\",\"operation\":\"Backup\",\"status\":\"Completed\",\"recoveryPoint\":\"p1\"}";
    private static final String FAILED = """
            {"id":"j1","operation":"Backup","status":"Failed","error":{"code":"UserErrorManagedDiskNotFound",
             "message":"Disk vm-disks/web-1 is gone.","recommendedAction":"Put its file back.","retryable":false}}
            """;

    @Test
    void waitsForABackupAndShowsItsProgress() {
        server.on("POST /api/v1/backup-vaults/prod/backup-instances/web-1/backups", 202, QUEUED);
        server.on("GET /api/v1/backup-jobs/j1", 200, QUEUED);
        server.on("GET /api/v1/backup-jobs/j1", 200, RUNNING);
        server.on("GET /api/v1/backup-jobs/j1", 200, COMPLETED);

        Run run = program.watchedByAPerson().run("backup", "prod/web-1");

        assertEquals(0, run.status(), run.err());
        assertEquals("Backed up prod/web-1 to recovery point p1.\n", run.out());
        assertTrue(run.err().contains("waiting in the queue"), run.err());
        assertTrue(run.err().contains("25.0 %  256.0 MiB of 1.0 GiB"), run.err());
    }

    @Test
    void onlyStartsABackup_whenNotToWait() {
        server.on("POST /api/v1/backup-vaults/prod/backup-instances/web-1/backups", 202, QUEUED);

        Run run = program.run("backup", "prod/web-1", "--no-wait", "--json");

        assertEquals("j1", run.json().path("id").asText());
        assertEquals(1, server.asked().size());
    }

    @Test
    void failsWhenTheJobFails() {
        server.on("POST /api/v1/backup-vaults/prod/backup-instances/web-1/backups", 202, QUEUED);
        server.on("GET /api/v1/backup-jobs/j1", 200, FAILED);

        Run run = program.run("backup", "prod/web-1");

        assertEquals(1, run.status());
        assertEquals("""
                diskvault: Job j1 ended as Failed: Disk vm-disks/web-1 is gone. [UserErrorManagedDiskNotFound]
                  Put its file back.
                """, run.err());
    }

    @Test
    void givesScriptsTheFailedJobItself() {
        server.on("GET /api/v1/backup-jobs/j1", 200, FAILED);

        Run run = program.run("job", "wait", "j1", "--json");

        assertEquals(1, run.status());
        assertEquals(
                "UserErrorManagedDiskNotFound", run.json().at("/error/code").asText());
        assertEquals("Failed", run.json().path("status").asText());
    }

    @Test
    void restoresTheNewestRecoveryPoint() {
        server.on(
                "GET /api/v1/backup-vaults/prod/backup-instances/web-1/recovery-points?limit=1",
                200,
                "{\"items\":[{\"id\":\"p9\"}],\"nextCursor\":\"c\"}");
        server.on("POST /api/v1/backup-vaults/prod/backup-instances/web-1/restores", 202, QUEUED);
        server.on("GET /api/v1/backup-jobs/j1", 200, COMPLETED);

        Run run = program.run("restore", "prod/web-1", "--point", "latest", "--to", "vm-disks/web-2");

        assertEquals("Restored prod/web-1 to disk vm-disks/web-2.\n", run.out());
        assertEquals(
                "{\"recoveryPoint\":\"p9\",\"target\":{\"resourceGroup\":\"vm-disks\",\"diskName\":\"web-2\"}}",
                server.asked().get(1).body());
    }

    @Test
    void saysThatThereIsNothingToRestore() {
        server.on(
                "GET /api/v1/backup-vaults/prod/backup-instances/web-1/recovery-points?limit=1",
                200,
                "{\"items\":[],\"nextCursor\":null}");

        Run run = program.run("restore", "prod/web-1", "--point", "latest", "--to", "vm-disks/web-2", "--json");

        assertEquals("RecoveryPointNotFound", run.json().at("/error/code").asText());
    }

    @Test
    void filtersJobs() {
        server.on(
                "GET /api/v1/backup-jobs?vault=prod&instance=web-1&operation=Backup&status=Failed&from=2026-11-01T00%3A00%3A00Z",
                200, "{\"items\":[" + FAILED + "],\"nextCursor\":null}");

        Run run = program.run(
                "job",
                "list",
                "--vault",
                "prod",
                "--instance",
                "web-1",
                "--operation",
                "Backup",
                "--status",
                "Failed",
                "--from",
                "2026-11-01T00:00:00Z");

        assertEquals(0, run.status(), run.err());
        assertEquals(
                List.of("JOB", "j1"),
                run.out().lines().map(line -> line.split(" ", 2)[0]).toList());
    }

    @Test
    void passesWarningsOn() {
        server.on("GET /api/v1/backup-jobs/j1", 200, """
                {"id":"j1","status":"CompletedWithWarnings","warnings":["The disk changed while it was read."]}
                """);

        Run run = program.run("job", "wait", "j1");

        assertEquals(0, run.status());
        assertEquals("Warning: The disk changed while it was read.\n", run.err());
    }
}
