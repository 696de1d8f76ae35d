package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class GuardCommandsTest extends AskingCannedServer {
    private static final String MAIN = "/api/v1/resource-guards/main";
    private static final String GUARD =
            "{\"name\":\"main\",\"vaults\":[\"prod\",\"test\"],\"operations\":[\"DeleteData\",\"RemoveGuard\"]}";
    private static final String REQUEST = """
            {"id":"a1","status":"Approved","guard":"main","operation":"DeleteData","resource":"instance:prod/web-1",\
            "detail":"delete it","requester":"alice","usableUntil":"2026-11-01T16:00:00Z"}""";

    private String sent() {
        return server.asked().getLast().body();
    }

    @Test
    void makesChangesShowsAndDeletesGuards() {
        server.on("PUT " + MAIN, 201, GUARD);
        server.on("GET " + MAIN, 200, GUARD);
        server.on("DELETE " + MAIN, 204, "");
        assertEquals("Made guard main.\n", out("guard", "create", "main"));
        assertEquals("{}", sent());
        out("guard", "create", "main", "--operations", "DeleteData,StopProtection");
        assertEquals("{\"operations\":[\"DeleteData\",\"StopProtection\"]}", sent());
        assertEquals(
                "Guard main protects DeleteData, RemoveGuard.\n",
                out("guard", "change", "main", "--operations", "DeleteData"));
        assertTrue(out("guard", "show", "main").contains("prod, test"));
        assertEquals("Deleted guard main.\n", out("guard", "delete", "main"));
    }

    @Test
    void linksAndUnlinksVaults() {
        server.on("PUT /api/v1/backup-vaults/prod/resource-guard", 200, "{\"guard\":\"main\"}");
        server.on("DELETE /api/v1/backup-vaults/prod/resource-guard", 204, "");
        assertEquals("Guard main protects vault prod.\n", out("guard", "link", "main", "prod"));
        assertEquals("{\"guard\":\"main\"}", sent());
        assertEquals("Deleted guard of vault prod.\n", out("guard", "unlink", "prod"));
    }

    @Test
    void listsShowsAndDecidesRequests() {
        String requests = "/api/v1/approval-requests";
        server.on("GET " + requests + "?status=Approved", 200, "{\"items\":[" + REQUEST + "],\"nextCursor\":null}");
        server.on("GET " + requests + "/a1", 200, REQUEST);
        for (String verb : new String[] {"approve", "deny", "cancel"}) {
            server.on("POST " + requests + "/a1/" + verb, 200, REQUEST);
        }
        assertTrue(out("approval", "list", "--status", "Approved").contains("instance:prod/web-1"));
        assertTrue(out("approval", "show", "a1").contains("delete it"));
        assertEquals(
                "alice may do this once until 2026-11-01T16:00:00Z: instance:prod/web-1, delete it.\n",
                out("approval", "approve", "a1"));
        assertEquals("Denied a1.\n", out("approval", "deny", "a1"));
        assertEquals("Cancelled a1.\n", out("approval", "cancel", "a1"));
    }
}
