package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import org.junit.jupiter.api.Test;

final class ExportCommandsTest extends AskingCannedServer {
    private static final String EXPORTS = "/api/v1/exports";
    private static final String OF_INSTANCE = "/api/v1/backup-vaults/prod/backup-instances/web/exports";
    private static final String URI = "nbd+unix:///web-1?socket=/data/exports/nbd.sock";
    private static final String SECRET = "nbd://127.0.0.1:10809/dv_secret";
    private static final String EXPORT = "{\"id\":\"e1\",\"recoveryPoint\":\"p1\",\"state\":\"Active\","
            + "\"idleTimeout\":\"PT2H\",\"connections\":2,\"uri\":\"" + URI + "\",\"tcpUri\":\"" + SECRET + "\"}";

    private String sent() {
        return server.asked().getLast().body();
    }

    @Test
    void printsTheAddress() {
        server.on("POST " + OF_INSTANCE, 201, EXPORT);
        Run run = program.run("point", "export", "create", "prod/web", "latest", "--idle", "2h");
        assertEquals(0, run.status(), run.err());
        assertEquals(URI + "\n", run.out());
        assertEquals("{\"recoveryPoint\":\"latest\",\"idleTimeout\":\"PT2H\"}", sent());
        assertTrue(run.err().contains("Export e1 of recovery point p1; it ends when nobody"), run.err());
        assertTrue(run.err().contains("nbdcopy ADDRESS web.img"), run.err());
        assertFalse(run.err().contains("only now"), run.err());
    }

    @Test
    void printsASecretAddressWhereNobodyElseReads() {
        server.on("POST " + OF_INSTANCE, 201, EXPORT);
        Run run = program.run("point", "export", "create", "prod/web", "p1", "--tcp");
        assertEquals(SECRET + "\n", run.out());
        assertEquals("{\"recoveryPoint\":\"p1\",\"transport\":\"tcp\"}", sent());
        assertTrue(run.err().contains("only now"), run.err());
        assertFalse(run.err().contains("secret"), run.err());
    }

    @Test
    void listsShowsAndEnds() {
        server.on(
                "GET " + EXPORTS + "?vault=prod&instance=web", 200, "{\"items\":[" + EXPORT + "],\"nextCursor\":null}");
        server.on("GET " + EXPORTS + "?state=all", 200, "{\"items\":[],\"nextCursor\":null}");
        server.on("GET " + EXPORTS + "/e1", 200, EXPORT);
        server.on("DELETE " + EXPORTS + "/e1", 204, "");
        String list = out("point", "export", "list", "--vault", "prod", "--instance", "web");
        assertTrue(list.contains("Active") && list.contains(URI), list);
        assertEquals("No exports.\n", out("point", "export", "list", "--ended"));
        assertTrue(out("point", "export", "show", "e1").contains("PT2H"));
        assertEquals("Export e1 has ended.\n", out("point", "export", "end", "e1"));
    }

    @Test
    void whatIsWrittenIsKeptOrThrownAway() {
        server.on("POST " + OF_INSTANCE, 201, EXPORT);
        server.on("DELETE " + EXPORTS + "/e1?changes=discard", 204, "");
        server.on("POST " + EXPORTS + "/e1/keep", 202, "{\"id\":\"j1\",\"status\":\"Queued\"}");
        assertEquals(
                0,
                program.run("point", "export", "create", "prod/web", "p1", "--writable")
                        .status());
        assertEquals("{\"recoveryPoint\":\"p1\",\"writable\":true}", sent());
        assertEquals("Export e1 has ended.\n", out("point", "export", "end", "e1", "--discard"));
        assertEquals(
                "Job j1 keeps the export e1.\n", out("point", "export", "keep", "e1", "--tag", "Weekly", "--no-wait"));
        assertEquals("{\"retentionTag\":\"Weekly\"}", sent());
    }
}
