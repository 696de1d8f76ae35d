package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.CannedServer.Asked;
import io.diskvault.app.testing.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerCommandsTest extends AskingCannedServer {
    @Test
    void asksForABackupWithTheTagThatWasChosen() {
        String backups = "POST /api/v1/backup-vaults/prod/backup-instances/web-1/backups";
        server.on(backups, 202, "{\"id\":\"j1\"}");
        server.on(backups, 202, "{\"id\":\"j2\"}");

        program.run("backup", "prod/web-1", "--no-wait", "--tag", "Weekly");
        program.run("backup", "prod/web-1", "--no-wait");

        assertEquals(
                List.of("{\"retentionTag\":\"Weekly\"}", "{}"),
                server.asked().stream().map(Asked::body).toList());
    }

    @Test
    void makesAVaultWithTheTokenOfTheEnvironment() {
        server.on("PUT /api/v1/backup-vaults/prod", 201, "{\"name\":\"prod\"}");

        Run run = program.run("vault", "create", "prod");

        assertEquals(0, run.status(), run.err());
        assertEquals("Made vault prod.\n", run.out());
        assertEquals(List.of(new Asked("PUT /api/v1/backup-vaults/prod", "{}", "Bearer secret", "")), server.asked());
    }

    @Test
    void saysWhenAVaultWasThereAlready() {
        server.on("PUT /api/v1/backup-vaults/prod", 200, "{\"name\":\"prod\"}");

        assertEquals(
                "There already is vault prod.\n",
                program.run("vault", "create", "prod").out());
    }

    @Test
    void prefersTheTokenFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "from-file\n");
        server.on("GET /api/v1/backup-vaults", 200, "{\"items\":[],\"nextCursor\":null}");

        program.run("vault", "list", "--token-file", file.toString());

        assertEquals("Bearer from-file", server.asked().getFirst().authorization());
    }

    @Test
    void escapesNames() {
        server.on("GET /api/v1/backup-vaults/a%2Fb%20c", 200, "{\"name\":\"a/b c\"}");

        assertEquals(0, program.run("vault", "show", "a/b c").status());
    }

    @Test
    void listsOnePageAndSaysThatThereAreMore() {
        server.on("GET /api/v1/backup-vaults?limit=1", 200, "{\"items\":[{\"name\":\"prod\"}],\"nextCursor\":\"c1\"}");

        Run run = program.run("vault", "list", "--limit", "1");

        assertEquals(List.of("NAME", "prod"), firstWords(run.out()));
        assertEquals("There are more: --all lists every one.\n", run.err());
    }

    @Test
    void listsEveryPageWhenAsked() {
        server.on("GET /api/v1/backup-vaults", 200, "{\"items\":[{\"name\":\"v1\"}],\"nextCursor\":\"c=1\"}");
        server.on(
                "GET /api/v1/backup-vaults?cursor=c%3D1", 200, "{\"items\":[{\"name\":\"v2\"}],\"nextCursor\":\"c2\"}");
        server.on("GET /api/v1/backup-vaults?cursor=c2", 200, "{\"items\":[{\"name\":\"v3\"}],\"nextCursor\":null}");

        Run run = program.run("vault", "list", "--all");

        assertEquals(List.of("NAME", "v1", "v2", "v3"), firstWords(run.out()));
        assertEquals("", run.err());
        assertEquals(
                3,
                program.run("vault", "list", "--all", "--json")
                        .json()
                        .path("items")
                        .size());
    }

    @Test
    void passesTheServersObjectOn() {
        String vault = "{\"name\":\"prod\",\"unknownYet\":{\"a\":[1,2]}}";
        server.on("GET /api/v1/backup-vaults/prod", 200, vault);

        assertEquals(
                vault + "\n", program.run("vault", "show", "prod", "--json").out());
    }

    @Test
    void printsWhatTheServerRefusesAndWhatToDo() {
        server.on("DELETE /api/v1/backup-vaults/prod", 409, """
                {"type":"about:blank","title":"Conflict","status":409,"code":"UserErrorVaultNotEmpty",
                 "detail":"Vault prod protects 2 disks.","recommendedAction":"Delete its instances first.","retryable":false}
                """);

        Run run = program.run("vault", "delete", "prod", "--json");

        assertEquals(1, run.status());
        assertEquals(
                "diskvault: Vault prod protects 2 disks. [UserErrorVaultNotEmpty]\n  Delete its instances first.\n",
                run.err());
        assertEquals("UserErrorVaultNotEmpty", run.json().at("/error/code").asText());
    }

    @Test
    void saysThatSomethingIsGone() {
        server.on("DELETE /api/v1/tokens/t1", 204, "");

        assertEquals("Deleted token t1.\n", program.run("token", "revoke", "t1").out());
        assertTrue(program.run("token", "revoke", "t1", "--json")
                .json()
                .path("deleted")
                .asBoolean());
    }

    @Test
    void makesAPolicyOfWhatPeopleSay() {
        server.on("PUT /api/v1/backup-vaults/prod/backup-policies/gold", 201, """
                {"name":"gold","version":1,"schedule":{"repeatingTimeIntervals":["R/2026-11-01T02:00:00+01:00/PT4H"]},
                 "retention":[{"tag":"Default","duration":"P4W"}]}
                """);

        Run run = program.run(
                "policy",
                "create",
                "gold",
                "--vault",
                "prod",
                "--every",
                "4h",
                "--starting",
                "2026-11-01T02:00:00+01:00",
                "--keep",
                "4w");

        assertEquals("Made policy gold in vault prod: R/2026-11-01T02:00:00+01:00/PT4H, kept for P4W.\n", run.out());
        assertEquals(
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+01:00/PT4H\"]},"
                        + "\"retention\":[{\"tag\":\"Default\",\"duration\":\"P4W\"}]}",
                server.asked().getFirst().body());
    }

    @Test
    void changesOnlyTheVersionOfAPolicyThatItHasRead() {
        String path = "/api/v1/backup-vaults/prod/backup-policies/gold";
        server.on("GET " + path, 200, "\"3\"", """
                {"name":"gold","version":3,"schedule":{"repeatingTimeIntervals":["R/2026-11-01T02:00:00+01:00/PT4H"]},
                 "retention":[{"tag":"Default","duration":"P7D"}]}
                """);
        server.on("PUT " + path, 200, "{\"name\":\"gold\",\"version\":4}");

        assertEquals(
                0,
                program.run("policy", "change", "gold", "--vault", "prod", "--keep", "30d")
                        .status());

        Asked change = server.asked().getLast();
        assertEquals("\"3\"", change.ifMatch());
        assertEquals(
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+01:00/PT4H\"]},"
                        + "\"retention\":[{\"tag\":\"Default\",\"duration\":\"P30D\"}]}",
                change.body());
    }

    @Test
    void makesAPolicyWithAZoneAndARuleForEachTag() {
        server.on("PUT /api/v1/backup-vaults/prod/backup-policies/gold", 201, """
                {"name":"gold","version":1,
                 "schedule":{"repeatingTimeIntervals":["R/2026-11-01T02:00:00+01:00/P1W"],"timeZone":"Europe/Amsterdam"},
                 "retention":[{"tag":"Default","duration":"P4W"},{"tag":"Monthly","duration":"P12M"}],
                 "peak":{"livePoints":17,"reachedAt":"2027-11-01T01:00:00Z"},"peakBefore":null}
                """);

        Run run = program.run(
                "policy",
                "create",
                "gold",
                "--vault",
                "prod",
                "--every",
                "1w",
                "--zone",
                "Europe/Amsterdam",
                "--starting",
                "2026-11-01T02:00:00+01:00",
                "--keep",
                "4w",
                "--keep",
                "monthly=12m");

        assertEquals(
                "Made policy gold in vault prod: R/2026-11-01T02:00:00+01:00/P1W Europe/Amsterdam, kept for P4W,"
                        + " Monthly P12M; at most 17 recovery points of a disk.\n",
                run.out(),
                run.err());
        assertEquals(
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+01:00/P1W\"],"
                        + "\"timeZone\":\"Europe/Amsterdam\"},"
                        + "\"retention\":[{\"tag\":\"Default\",\"duration\":\"P4W\"},"
                        + "{\"tag\":\"Monthly\",\"duration\":\"P12M\"}]}",
                server.asked().getFirst().body());
    }

    @Test
    void changesTheRulesThatItNamesAndLeavesTheOthers() {
        String path = "/api/v1/backup-vaults/prod/backup-policies/gold";
        server.on("GET " + path, 200, "\"3\"", """
                {"name":"gold","version":3,
                 "schedule":{"repeatingTimeIntervals":["R/2026-11-01T02:00:00+01:00/P1D"],"timeZone":null},
                 "retention":[{"tag":"Default","duration":"P7D"},{"tag":"Weekly","duration":"P4W"},
                              {"tag":"Yearly","duration":"P1Y"}]}
                """);
        server.on("PUT " + path, 200, """
                {"name":"gold","version":4,"peak":{"livePoints":17},"peakBefore":{"livePoints":12}}""");

        Run run = program.run(
                "policy",
                "change",
                "gold",
                "--vault",
                "prod",
                "--zone",
                "Asia/Kolkata",
                "--keep",
                "Weekly=8w",
                "--keep",
                "Daily=30d",
                "--keep",
                "Yearly=none");

        assertTrue(run.out().endsWith("; at most 17 recovery points of a disk (before: 12).\n"), run.out() + run.err());
        assertEquals(
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+01:00/P1D\"],"
                        + "\"timeZone\":\"Asia/Kolkata\"},"
                        + "\"retention\":[{\"tag\":\"Default\",\"duration\":\"P7D\"},"
                        + "{\"tag\":\"Weekly\",\"duration\":\"P8W\"},{\"tag\":\"Daily\",\"duration\":\"P30D\"}]}",
                server.asked().getLast().body());
    }

    @Test
    void showsAForecastAsACalendar() {
        String path = "/api/v1/backup-vaults/prod/backup-policies/gold";
        server.on("GET " + path, 200, "{\"schedule\":{\"timeZone\":\"Europe/Amsterdam\"}}");
        server.on("GET " + path + "/forecast?on=2027-03-29&from=2026-11-20T09%3A00%3A00Z&instance=web-1", 200, """
                {"admitted":true,"peak":{"livePoints":74},"at":"2027-03-29T21:59:59.999999999Z","livePoints":3,"points":[
                 {"recoveryPoint":null,"snapshotTime":"2027-03-29T02:00:00Z","retentionTag":"Default"},
                 {"recoveryPoint":null,"snapshotTime":"2027-03-28T22:00:00Z","retentionTag":"Daily"},
                 {"recoveryPoint":"p1","snapshotTime":"2027-03-27T12:30:00Z","retentionTag":"Default"}]}
                """);

        Run run = program.run(
                "policy",
                "forecast",
                "prod/gold",
                "--on",
                "2027-03-29",
                "--from",
                "2026-11-20T10:00:00+01:00",
                "--instance",
                "web-1");

        assertEquals("""
                3 recovery points at the end of Mon 2027-03-29 (Europe/Amsterdam); never more than 74.
                DAY             RECOVERY POINTS
                Mon 2027-03-29  00:00 Daily  04:00
                Sat 2027-03-27  13:30*
                """, run.out(), run.err());
    }

    @Test
    void callsWrongUsageByItsStatus() {
        for (String[] wrong : List.of(
                new String[] {},
                new String[] {"vault"},
                new String[] {"vault", "create"},
                new String[] {"nonsense"},
                new String[] {"vault", "list", "--nonsense"},
                new String[] {"backup", "no-slash"},
                new String[] {"backup", "a/b/c"},
                new String[] {"restore", "a/b", "--point", "latest"},
                new String[] {"policy", "create", "p", "--vault", "v"},
                new String[] {"policy", "create", "p", "--vault", "v", "--every", "sometimes"},
                new String[] {"policy", "create", "p", "--vault", "v", "--every", "4h", "--keep", "long"},
                new String[] {"policy", "create", "p", "--vault", "v", "--every", "4h", "--at", "25:00Z"},
                new String[] {"policy", "create", "p", "--vault", "v", "--every", "4h", "--at", "02:00"},
                new String[] {"policy", "create", "p", "--vault", "v", "--every", "4h", "--zone", "Mars/Olympus"},
                new String[] {"policy", "create", "p", "--vault", "v", "--every", "4h", "--keep", "Hourly=7d"},
                new String[] {"policy", "create", "p", "--vault", "v", "--every", "4h", "--keep", "Default=none"},
                new String[] {"policy", "forecast", "v/p", "--on", "soon"})) {
            Run run = program.run(wrong);
            assertEquals(2, run.status(), String.join(" ", wrong) + ": " + run.err());
            assertFalse(run.err().isBlank(), String.join(" ", wrong));
        }
        assertEquals(List.of(), server.asked());
    }

    @Test
    void helpsEverywhere() {
        assertTrue(program.run("--help").out().contains("quickstart"));
        assertTrue(program.run("policy", "create", "--help").out().contains("--keep"));
        assertEquals("diskvault 0.1.0\n", program.run("--version").out());
    }

    private static List<String> firstWords(String out) {
        return out.lines().map(line -> line.split(" ", 2)[0]).toList();
    }

    @Test
    void tellsWhatBecameOfSlots() {
        server.on("GET /api/v1/backup-vaults/prod/backup-instances/web-1/slots?state=Missed", 200, """
                {"items":[{"slot":"2026-11-01T12:00:00Z","state":"Missed","lateness":null,"job":null,
                 "reason":{"code":"StartWindowPassed","message":"m"}}],"nextCursor":null}""");

        Run run = program.run("instance", "slots", "prod/web-1", "--state", "Missed");

        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("2026-11-01T12:00:00Z"), run.out());
        assertTrue(run.out().contains("StartWindowPassed"), run.out());
    }

    @Test
    void tellsTheGapsOfAnInstanceAndOfAVault() {
        String gaps = """
                {"vault":"prod","instance":"web-1","recoveryPoints":7,"latestRecoveryPoint":null,"currentAge":"PT9M",
                 "longest":{"start":"2026-11-01T12:00:00Z","end":"2026-11-01T17:00:00Z","length":"PT5H"}}""";
        server.on("GET /api/v1/backup-vaults/prod/backup-instances/web-1/recovery-point-gaps", 200, gaps);
        server.on(
                "GET /api/v1/backup-vaults/prod/recovery-point-gaps?from=2026-11-01T00%3A00%3A00Z",
                200, "{\"items\":[" + gaps + "],\"nextCursor\":null}");

        Run one = program.run("instance", "gaps", "prod/web-1");
        Run all = program.run("instance", "gaps", "prod", "--from", "2026-11-01T00:00:00Z");

        for (Run run : List.of(one, all)) {
            assertEquals(0, run.status(), run.err());
            assertTrue(run.out().contains("PT5H"), run.out());
            assertTrue(run.out().contains("prod/web-1"), run.out());
        }
    }
}
