package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Restores over disks that are there, and what stands against restores.
final class RestoreCommandTest extends AskingCannedServer {
    private static final String RESTORES = "POST /api/v1/backup-vaults/prod/backup-instances/web-1/restores";
    private static final String VALIDATE =
            "POST /api/v1/backup-vaults/prod/backup-instances/web-1/validate-for-restore";
    private static final String JOB = """
            {"id":"j1","operation":"Restore","status":"Completed","target":{"resourceGroup":"vm-disks",
             "diskName":"web-1","overwrite":true},"restored":{"writtenBytes":65536,"keptBytes":1048576,"damagedBytes":0}}
            """;
    private static final String NOT_CONFIRMED = """
            {"code":"UserErrorOverwriteNotConfirmed","detail":"This would write over the disk 'vm-disks/web-1'.",
             "recommendedAction":"Repeat the name."}
            """;

    private List<String> bodies() {
        return server.asked().stream()
                .filter(asked -> asked.request().equals(RESTORES))
                .map(asked -> asked.body())
                .toList();
    }

    @Test
    void putsTheOriginalDiskBackWhenItsNameIsRepeated() {
        server.on(RESTORES, 202, JOB);
        server.on("GET /api/v1/backup-jobs/j1", 200, JOB);

        Run run = program.run("restore", "prod/web-1", "--point", "p1", "--original", "--confirm", "vm-disks/web-1");

        assertEquals(
                "Restored prod/web-1 to disk vm-disks/web-1. 64.0 KiB were written; 1.0 MiB were right already.\n",
                run.out());
        assertEquals(
                List.of("{\"recoveryPoint\":\"p1\",\"target\":{\"originalDisk\":true,\"confirm\":\"vm-disks/web-1\"}}"),
                bodies());
    }

    @Test
    void asksThePersonWhoWatchesAndSendsWhatWasTyped() {
        server.on(RESTORES, 428, NOT_CONFIRMED);
        server.on(RESTORES, 202, JOB);
        server.on("GET /api/v1/backup-jobs/j1", 200, JOB);

        Run run = program.watchedByAPerson()
                .typing(" vm-disks/web-1 ")
                .run("restore", "prod/web-1", "--point", "p1", "--to", "vm-disks/web-1", "--overwrite");

        assertEquals(0, run.status(), run.err());
        assertTrue(run.err().contains("This would write over the disk 'vm-disks/web-1'."), run.err());
        assertEquals(
                "{\"recoveryPoint\":\"p1\",\"target\":{\"resourceGroup\":\"vm-disks\",\"diskName\":\"web-1\",\"overwrite\":true,\"confirm\":\"vm-disks/web-1\"}}",
                bodies().getLast());
    }

    @Test
    void asksNobodyInAScript() {
        server.on(RESTORES, 428, NOT_CONFIRMED);

        Run run = program.typing("vm-disks/web-1").run("restore", "prod/web-1", "--point", "p1", "--original");

        assertEquals(1, run.status());
        assertTrue(run.err().contains("[UserErrorOverwriteNotConfirmed]"), run.err());
        assertEquals(1, bodies().size());
    }

    @Test
    void saysEverythingThatStandsAgainstIt() {
        server.on(VALIDATE, 200, """
                {"valid":false,"problems":[{"code":"UserErrorNoSpaceLeft","detail":"Too little.","recommendedAction":"Make room."},
                 {"code":"UserErrorSameNameDiskAlreadyExists","detail":"Taken.","recommendedAction":"Another."}],"warnings":[]}
                """);

        Run run = program.run("restore", "prod/web-1", "--point", "latest", "--to", "vm-disks/new", "--validate");

        assertEquals(1, run.status());
        assertEquals("""
                Too little. [UserErrorNoSpaceLeft]
                  Make room.
                Taken. [UserErrorSameNameDiskAlreadyExists]
                  Another.
                """, run.out());
        assertEquals(List.of(VALIDATE), server.requests());
    }

    @Test
    void wantsOneTarget() {
        assertEquals(2, program.run("restore", "prod/web-1", "--point", "p1").status());
        assertEquals(
                2,
                program.run("restore", "prod/web-1", "--point", "p1", "--original", "--to", "vm-disks/new")
                        .status());
    }

    @Test
    void showsWhereTwoPointsDiffer() {
        server.on("GET /api/v1/backup-vaults/prod/backup-instances/web-1/recovery-points/p1/diff/p2", 200, """
                {"from":"p1","to":"p2","changedBytes":65536,"zeroedBytes":65536,"ranges":2,"items":[
                 {"start":0,"end":65536,"kind":"Changed"},{"start":131072,"end":196608,"kind":"Zeroed"}],"nextCursor":null}
                """);

        Run run = program.run("point", "diff", "prod/web-1", "p1", "p2");

        assertEquals("""
                FIRST BYTE  BYTE AFTER LAST  HOW
                         0            65536  Changed
                    131072           196608  Zeroed
                128.0 KiB differ in 2 ranges; of them 64.0 KiB are zeros now.
                """, run.out());
    }
}
