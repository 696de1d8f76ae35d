package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an operator looks at: overview, alerts, instances.
final class OperatorCommandsTest extends AskingCannedServer {
    private static final String INSTANCE = """
            {"vault":"prod","name":"web-1","disk":"vm-disks/web-1","policy":"gold","protectionState":"ProtectionConfigured",
             "latestRecoveryPoint":null,"nextSlot":null,"lastProven":null,
             "health":{"state":"Unhealthy","persistence":"Persistent","reason":"The disk is gone.",
                       "recommendedAction":"Put its file back."}}
            """;
    private static final String ALERT = """
            {"id":"a1","kind":"BackupFailed","severity":"Critical","state":"New","vault":"prod","instance":"web-1",
             "message":"The disk is gone.","recommendedAction":"Put its file back.","count":3,
             "firstTime":"2026-11-20T02:00:00Z","lastTime":"2026-11-21T02:00:00Z","job":"j1"}
            """;

    @Test
    void theOverviewSaysFirstWhatIsWrong() {
        server.on("GET /api/v1/overview", 200, """
                {"at":"2026-11-21T12:00:00Z",
                 "protection":{"disks":5,"protectedDisks":4,"unprotectedDisks":1,"missingDisks":1,
                               "instances":{"healthy":3,"degraded":0,"unhealthy":1,"notProtected":0}},
                 "jobs":{"lastDay":[{"operation":"Backup","status":"Completed","count":7}],
                         "lastSevenDays":[{"operation":"Backup","status":"Failed","count":2},
                                          {"operation":"Backup","status":"Completed","count":40}]},
                 "alerts":{"critical":1,"warning":0,"information":0,"newest":[%s]},
                 "problems":[%s],
                 "storage":{"logicalBytes":1073741824,"usedBytes":536870912,"storedBytes":268435456,
                            "datastores":[{"resourceGroup":"snapshots","storedBytes":268435456,
                                           "freeBytes":1073741824,"capacityBytes":2147483648}],"days":[]}}
                """.formatted(ALERT, INSTANCE));

        Run run = program.run("overview");

        assertEquals(0, run.status(), run.err());
        assertEquals("""
                Disks      5, of them protected 4, unprotected 1, missing 1
                Instances  healthy 3, degraded 0, unhealthy 1, not protected 0
                Alerts     critical 1, warning 0, information 0
                Storage    disks 1.0 GiB, used 512.0 MiB, stored 256.0 MiB

                INSTANCE    HEALTH     WHY                WHAT TO DO
                prod/web-1  Unhealthy  The disk is gone.  Put its file back.

                ALERT  SEVERITY  KIND          STATE  WHERE       TIMES  LAST                  MESSAGE
                a1     Critical  BackupFailed  New    prod/web-1      3  2026-11-21T02:00:00Z  The disk is gone.

                OPERATION  STATUS     LAST DAY  LAST 7 DAYS
                Backup     Failed            0            2
                Backup     Completed         7           40

                RESOURCE GROUP     STORED     FREE  CAPACITY
                snapshots       256.0 MiB  1.0 GiB   2.0 GiB
                """, run.out());
    }

    @Test
    void instancesOfAllVaultsAreFiltered() {
        server.on(
                "GET /api/v1/backup-instances?vault=prod&policy=gold&health=Unhealthy",
                200,
                "{\"items\":[" + INSTANCE + "],\"nextCursor\":null}");

        Run run = program.run("instance", "list", "--vault", "prod", "--policy", "gold", "--health", "Unhealthy");

        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().lines().findFirst().orElse("").endsWith("HEALTH"), run.out());
        assertTrue(run.out().contains("prod/web-1"), run.out());
        assertTrue(run.out().stripTrailing().endsWith("Unhealthy"), run.out());
    }

    @Test
    void thePastIsAskedVaultByVault() {
        server.on(
                "GET /api/v1/backup-vaults/prod/backup-instances?asOf=2026-11-01T00%3A00%3A00Z",
                200, "{\"items\":[],\"nextCursor\":null}");

        assertEquals(
                0,
                program.run("instance", "list", "--vault", "prod", "--as-of", "2026-11-01T00:00:00Z")
                        .status());
        assertEquals(
                2,
                program.run("instance", "list", "--as-of", "2026-11-01T00:00:00Z")
                        .status());
    }

    @Test
    void disksWithoutProtectionAreListed() {
        server.on("GET /api/v1/disks?protected=false", 200, "{\"items\":[],\"nextCursor\":null}");
        server.on("GET /api/v1/disks?protected=true", 200, "{\"items\":[],\"nextCursor\":null}");

        assertEquals(0, program.run("disk", "list", "--unprotected").status());
        assertEquals(0, program.run("disk", "list", "--protected").status());
        assertEquals(
                2, program.run("disk", "list", "--protected", "--unprotected").status());
    }

    @Test
    void alertsAreListedShownAcknowledgedAndClosed() {
        server.on(
                "GET /api/v1/alerts?severity=Critical&state=New",
                200,
                "{\"items\":[" + ALERT + "],\"nextCursor\":null}");
        server.on("GET /api/v1/alerts/a1", 200, ALERT);
        server.on("POST /api/v1/alerts/a1/acknowledge", 200, ALERT);
        server.on("POST /api/v1/alerts/a1/close", 200, ALERT);

        assertTrue(program.run("alert", "list", "--severity", "Critical", "--state", "New")
                .out()
                .contains("BackupFailed"));
        assertTrue(program.run("alert", "show", "a1").out().contains("Put its file back."));
        assertEquals(
                "Acknowledged alert a1: The disk is gone.\n",
                program.run("alert", "acknowledge", "a1").out());
        assertEquals(
                "Closed alert a1: The disk is gone.\n",
                program.run("alert", "close", "a1").out());
        assertEquals(
                "a1",
                program.run("alert", "show", "a1", "--json").json().path("id").asText());
    }

    @Test
    void whatAnInstanceTakesIsShownWithWhatEachPointWouldFree() {
        server.on("GET /api/v1/backup-vaults/prod/backup-instances/web-1/storage", 200, """
                {"logicalBytes":1073741824,"usedBytes":536870912,"storedBytes":268435456,"uniqueBytes":1048576,
                 "uniqueTime":"2026-11-21T02:00:00Z","uniqueNote":null,"days":[],
                 "points":[{"id":"p2","snapshotTime":"2026-11-21T02:00:00Z","changedBytes":65536,"storedBytes":32768,
                            "freedIfExpiredBytes":null},
                           {"id":"p1","snapshotTime":"2026-11-20T02:00:00Z","changedBytes":536870912,
                            "storedBytes":268402688,"freedIfExpiredBytes":1024}]}""");

        Run run = program.run("instance", "storage", "prod/web-1");

        assertEquals(0, run.status(), run.err());
        assertEquals("""
                DISK           1.0 GiB
                USED           512.0 MiB
                STORED         256.0 MiB
                ONLY ITS OWN   1.0 MiB
                LOOKED FOR AT  2026-11-21T02:00:00Z
                NOTE           -

                RECOVERY POINT  SNAPSHOT TIME           CHANGED     STORED  FREED IF EXPIRED
                p2              2026-11-21T02:00:00Z   64.0 KiB   32.0 KiB                 -
                p1              2026-11-20T02:00:00Z  512.0 MiB  256.0 MiB           1.0 KiB
                """, run.out());
    }

    @Test
    void whatHappenedToAJobIsSaid() {
        server.on("GET /api/v1/backup-jobs/j1/history", 200, """
                {"items":[{"time":"2026-11-21T02:00:00Z","event":"Queued","message":"A backup was queued.","principal":"anna"}],
                 "nextCursor":null}""");

        assertEquals("""
                TIME                  EVENT   BY    WHAT HAPPENED
                2026-11-21T02:00:00Z  Queued  anna  A backup was queued.
                """, program.run("job", "history", "j1").out());
    }

    @Test
    void waitingForAJobEndsWithItsPatience() {
        server.on("GET /api/v1/backup-jobs/j1", 200, "{\"id\":\"j1\",\"status\":\"InProgress\"}");

        Run run = program.run("job", "wait", "j1", "--timeout", "PT0S");

        assertEquals(1, run.status());
        assertEquals(
                List.of(
                        "diskvault: Job j1 has not ended after PT0S; it is InProgress. [WaitTimedOut]",
                        "  It goes on in the server. Wait on with: diskvault job wait j1"),
                run.err().lines().toList());
    }
}
