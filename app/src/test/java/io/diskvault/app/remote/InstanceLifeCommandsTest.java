package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The commands of an instance's life, and of what keeps its recovery points.
final class InstanceLifeCommandsTest extends AskingCannedServer {
    private static final String VAULT = "/api/v1/backup-vaults/prod";
    private static final String WEB = VAULT + "/backup-instances/web";
    private static final String DELETED = VAULT + "/deleted-backup-instances/web";
    private static final String POINT = WEB + "/recovery-points/p1";

    @Test
    void stopsSuspendsAndResumes() {
        for (String order : List.of("stop-protection", "suspend-backups", "resume-protection")) {
            server.on("POST " + WEB + "/" + order, 200, "{\"name\":\"web\"}");
        }
        assertEquals("prod/web takes no more backups, and everything is kept.\n", out("instance", "stop", "prod/web"));
        assertEquals("prod/web takes no more backups; expiry goes on.\n", out("instance", "suspend", "prod/web"));
        assertEquals("prod/web is protected again.\n", out("instance", "resume", "prod/web"));
    }

    @Test
    void saysUntilWhenADeletedInstanceCanBeHadBack() {
        server.on("DELETE " + WEB, 204, "");
        server.on("GET " + WEB, 200, "{\"name\":\"web\",\"purgeTime\":\"2026-12-05T00:00:00Z\"}");
        assertEquals(
                "Deleted instance prod/web. It can be had back until 2026-12-05T00:00:00Z with: diskvault instance undelete prod/web\n",
                out("instance", "delete", "prod/web"));
        assertEquals(
                "2026-12-05T00:00:00Z",
                program.run("instance", "delete", "prod/web", "--json")
                        .json()
                        .path("purgeTime")
                        .asText());
    }

    @Test
    void saysThatAnInstanceIsGoneWhereNothingIsKept() {
        server.on("DELETE " + WEB, 204, "");
        server.on("GET " + WEB, 404, "{\"code\":\"UserErrorBackupInstanceNotFound\"}");
        assertEquals("Deleted instance prod/web.\n", out("instance", "delete", "prod/web"));
    }

    @Test
    void listsUndeletesAndPurges() {
        server.on("GET " + VAULT + "/deleted-backup-instances", 200, """
                {"items":[{"vault":"prod","name":"web","disk":"vm-disks/web","deletedTime":"d","purgeTime":"p"}],
                 "nextCursor":null}""");
        server.on("POST " + DELETED + "/undelete", 200, "{\"name\":\"web\"}");
        server.on("DELETE " + DELETED, 204, "");
        assertTrue(out("instance", "deleted", "--vault", "prod").contains("prod/web"));
        assertEquals(
                "prod/web is back, and stopped. Go on with: diskvault instance resume prod/web\n",
                out("instance", "undelete", "prod/web"));
        assertEquals("Deleted instance prod/web for good.\n", out("instance", "purge", "prod/web"));
    }

    @Test
    void validatesWithAllProblemsAndFailsIfThereAreAny() {
        server.on("POST " + VAULT + "/validate-for-backup", 200, """
                {"valid":false,"problems":[
                  {"code":"A","detail":"No disk.","recommendedAction":"Make one."},
                  {"code":"B","detail":"No policy.","recommendedAction":"Make one, too."}],"warnings":[]}""");
        server.on("POST " + VAULT + "/validate-for-backup", 200, """
                {"valid":true,"problems":[],"warnings":[
                  {"code":"W","detail":"One basket.","recommendedAction":"Take two."}]}""");
        String[] validate = {
            "instance", "validate", "--vault", "prod", "--disk", "g/d", "--policy", "gold", "--snapshots", "s"
        };
        Run refused = program.run(validate);
        assertEquals(1, refused.status());
        assertEquals("No disk. [A]\n  Make one.\nNo policy. [B]\n  Make one, too.\n", refused.out());
        Run valid = program.run(validate);
        assertEquals(0, valid.status());
        assertEquals("Disk g/d can be protected.\n", valid.out());
        assertTrue(valid.err().contains("One basket. [W]"), valid.err());
    }

    @Test
    void showsThePlanOfAnExpiry() {
        server.on("GET " + WEB + "/expiry-plan?at=2027-01-01T00%3A00%3A00Z", 200, """
                {"at":"2027-01-01T00:00:00Z",
                 "expiring":[{"point":"p1","snapshotTime":"t1","expiryTime":"e1","keptBy":["LEGAL_HOLD"],"why":"Goes."}],
                 "staying":[{"point":"p2","snapshotTime":"t2","expiryTime":"e2","keptBy":["NEWEST"],"why":"Stays."}]}""");
        List<String> lines = out("instance", "expiry-plan", "prod/web", "--at", "2027-01-01T00:00:00Z")
                .lines()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
        assertEquals(List.of("p1 t1 e1 goes Goes.", "p2 t2 e2 stays Stays."), lines.subList(1, 3));
    }

    @Test
    void holdsAndReleasesPointsAndShowsWhy() {
        server.on("PUT " + POINT + "/legal-hold", 200, "{\"id\":\"p1\"}");
        server.on("DELETE " + POINT + "/legal-hold", 204, "");
        server.on("GET " + POINT, 200, "{\"id\":\"p1\",\"why\":\"Scheduled backup; kept until then\"}");
        server.on("GET " + WEB + "/recovery-points?state=expired", 200, "{\"items\":[],\"nextCursor\":null}");
        assertEquals(
                "Recovery point p1 is on legal hold.\n", out("point", "hold", "prod/web", "p1", "--reason", "case 7"));
        assertEquals("{\"reason\":\"case 7\"}", server.asked().getFirst().body());
        assertEquals("Recovery point p1 is not on legal hold any more.\n", out("point", "release", "prod/web", "p1"));
        assertTrue(out("point", "show", "prod/web", "p1").contains("Scheduled backup; kept until then"));
        assertEquals(
                0,
                program.run("point", "list", "prod/web", "--state", "expired").status());
        assertEquals(2, program.run("point", "hold", "prod/web", "p1").status());
    }

    @Test
    void setsSoftDeleteOfAVault() {
        String answer = "{\"name\":\"prod\",\"softDelete\":{\"state\":\"AlwaysOn\",\"retentionDays\":30},"
                + "\"immutability\":\"Unlocked\"}";
        server.on("PUT " + VAULT, 201, answer);
        server.on("GET " + VAULT, 200, answer);
        out("vault", "create", "prod", "--soft-delete", "AlwaysOn", "--soft-delete-days", "30");
        assertEquals(
                "{\"softDelete\":{\"state\":\"AlwaysOn\",\"retentionDays\":30}}",
                server.asked().getFirst().body());
        assertEquals(
                "Soft delete of vault prod is AlwaysOn, with 30 days; its immutability is Unlocked.\n",
                out("vault", "change", "prod", "--immutability", "Unlocked"));
        assertEquals(
                2,
                program.run("vault", "create", "prod", "--soft-delete-days", "30")
                        .status());
    }

    @Test
    void reconcilesAVault() {
        server.on("POST " + VAULT + "/reconcile", 200, """
                {"vault":"prod","recordsChecked":3,"findings":[]}""");
        server.on("POST " + VAULT + "/reconcile", 200, """
                {"vault":"prod","recordsChecked":3,"findings":[{"kind":"POINT_WITHOUT_RECORD","resourceGroup":"s",
                 "instance":"prod/web","recoveryPoint":"p1","detail":"Gone.","repaired":false}]}""");
        Run well = program.run("vault", "reconcile", "prod");
        assertTrue((well.out() + well.err()).contains("Everything fits: 3 records were checked."), well.err());
        assertTrue(out("vault", "reconcile", "prod").contains("POINT_WITHOUT_RECORD"));
    }
}
