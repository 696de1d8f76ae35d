package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RoleCommandsTest extends AskingCannedServer {
    private static final String ROLES = "/api/v1/role-assignments";
    private static final String ASSIGNED = """
            {"id":"r1","principal":"vault:prod#1","role":"Disk Backup Reader","scope":"disk:to/disk"}""";

    private String sent() {
        return server.asked().getLast().body();
    }

    @Test
    void givesListsAndTakesRoles() {
        server.on("POST " + ROLES, 201, ASSIGNED);
        server.on("GET " + ROLES, 200, "{\"items\":[" + ASSIGNED + "],\"nextCursor\":null}");
        server.on("DELETE " + ROLES + "/r1", 204, "");
        assertEquals(
                "vault:prod#1 is Disk Backup Reader at disk:to/disk.\n",
                out("role", "assign", "vault:prod", "Disk Backup Reader", "disk:to/disk"));
        assertEquals(
                "{\"principal\":\"vault:prod\",\"role\":\"Disk Backup Reader\",\"scope\":\"disk:to/disk\"}", sent());
        assertTrue(out("role", "list").contains("vault:prod#1"));
        out("role", "revoke", "r1");
    }

    @Test
    void makesATokenWithARole() {
        server.on("POST /api/v1/tokens", 201, "{\"id\":\"t1\",\"token\":\"dv_x\"}");
        assertEquals(
                "dv_x\n",
                out(
                        "token",
                        "create",
                        "--name",
                        "laptop",
                        "--principal",
                        "alice",
                        "--role",
                        "Backup Operator",
                        "--scope",
                        "vault:prod"));
        assertEquals(
                "{\"name\":\"laptop\",\"principal\":\"alice\",\"role\":\"Backup Operator\",\"scope\":\"vault:prod\"}",
                sent());
    }

    @Test
    void grantsWhatIsMissingOnlyWhenAskedTo() {
        server.on("PUT /api/v1/backup-vaults/prod/backup-instances/web", 201, "{\"name\":\"web\"}");
        String[] configure = {
            "instance",
            "configure",
            "web",
            "--vault",
            "prod",
            "--disk",
            "to/disk",
            "--policy",
            "gold",
            "--snapshots",
            "s1"
        };
        out(configure);
        assertEquals("{\"disk\":\"to/disk\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"s1\"}", sent());
        String[] granting = Arrays.copyOf(configure, configure.length + 1);
        granting[configure.length] = "--grant-missing";
        server.on("PUT /api/v1/backup-vaults/prod/backup-instances/web", 201, "{\"name\":\"web\"}");
        out(granting);
        assertTrue(sent().endsWith(",\"grantMissing\":true}"), sent());
    }
}
