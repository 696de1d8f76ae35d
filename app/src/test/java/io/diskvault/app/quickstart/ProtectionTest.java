package io.diskvault.app.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.quickstart.Protection.Protected;
import io.diskvault.app.testing.CannedServer;
import io.diskvault.app.testing.CannedServer.Asked;
import io.diskvault.engine.source.DiskFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProtectionTest {
    private static final Instant NOW = Instant.parse("2026-11-01T14:20:30Z");
    private static final DiskFile DISK = new DiskFile(Path.of("/srv/disks"), "web_1.img", DiskFormat.RAW, 4096);
    private static final Path DATASTORE = Path.of("/srv/data/datastore");
    private static final String NONE = "{\"items\":[],\"nextCursor\":null}";
    private static final String GROUPS = "/api/v1/resource-groups";
    private static final String ROLES = "/api/v1/role-assignments";
    private static final String VAULT = "/api/v1/backup-vaults/quickstart";

    private CannedServer server;

    @BeforeEach
    void start() throws IOException {
        server = CannedServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void makesEverythingThatADiskNeeds() throws CommandFailed {
        server.on("GET " + GROUPS, 200, NONE)
                .on("PUT " + GROUPS + "/disks", 201, "{}")
                .on("PUT " + GROUPS + "/snapshots", 201, "{}")
                .on("GET " + VAULT, 404, "{\"code\":\"NotFound\"}")
                .on("PUT " + VAULT, 201, "{}")
                .on("GET " + VAULT + "/backup-policies/hourly", 404, "{\"code\":\"NotFound\"}")
                .on("PUT " + VAULT + "/backup-policies/hourly", 201, "{}")
                .on("GET " + GROUPS + "/disks/disks", 200, NONE)
                .on("PUT " + GROUPS + "/disks/disks/web-1", 201, "{}")
                .on("GET " + VAULT + "/backup-instances", 200, NONE)
                .on("POST " + ROLES, 201, "{}")
                .on("PUT " + VAULT + "/backup-instances/web-1", 201, "{}");

        assertEquals(new Protected("disks", "web-1", "web-1", "snapshots"), protect());

        assertEquals("{\"disksRoot\":\"/srv/disks\"}", bodyOf("PUT " + GROUPS + "/disks"));
        assertEquals("{\"datastore\":\"/srv/data/datastore\"}", bodyOf("PUT " + GROUPS + "/snapshots"));
        assertEquals(
                "{\"source\":\"file:web_1.img\",\"format\":\"raw\"}", bodyOf("PUT " + GROUPS + "/disks/disks/web-1"));
        assertEquals(
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T15:00:00+00:00/PT1H\"]},"
                        + "\"retention\":[{\"tag\":\"Default\",\"duration\":\"P7D\"}]}",
                bodyOf("PUT " + VAULT + "/backup-policies/hourly"));
        assertEquals(
                "{\"disk\":\"disks/web-1\",\"policy\":\"hourly\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}",
                bodyOf("PUT " + VAULT + "/backup-instances/web-1"));
        assertEquals(
                "{\"principal\":\"vault:quickstart\",\"role\":\"Disk Restore Operator\",\"scope\":\"group:disks\"}",
                bodyOf("POST " + ROLES));
    }

    @Test
    void changesNothingThatItFinds_whateverItsName() throws CommandFailed {
        server.on("GET " + GROUPS, 200, """
                        {"items":[{"name":"my-disks","disksRoot":"/srv/disks","datastore":null},
                                  {"name":"my-snapshots","disksRoot":null,"datastore":"/srv/data/datastore"}],
                         "nextCursor":null}
                        """)
                .on("GET " + VAULT, 200, "{}")
                .on("GET " + VAULT + "/backup-policies/hourly", 200, "{}")
                .on("GET " + GROUPS + "/my-disks/disks", 200, """
                        {"items":[{"name":"my-disk","source":"file:web_1.img"}],"nextCursor":null}
                        """)
                .on("GET " + VAULT + "/backup-instances", 200, """
                        {"items":[{"name":"my-instance","disk":"my-disks/my-disk"}],"nextCursor":null}
                        """);

        assertEquals(new Protected("my-disks", "my-disk", "my-instance", "my-snapshots"), protect());

        assertTrue(
                server.requests().stream().allMatch(request -> request.startsWith("GET ")),
                server.requests().toString());
    }

    @Test
    void givesNamesThatNothingElseHas() throws CommandFailed {
        server.on("GET " + GROUPS, 200, """
                        {"items":[{"name":"disks","disksRoot":"/other/disks","datastore":null},
                                  {"name":"snapshots","disksRoot":null,"datastore":"/backup"}],"nextCursor":null}
                        """)
                .on("PUT " + GROUPS + "/disks-2", 201, "{}")
                .on("PUT " + GROUPS + "/snapshots-2", 201, "{}")
                .on("GET " + VAULT, 200, "{}")
                .on("GET " + VAULT + "/backup-policies/hourly", 200, "{}")
                .on("GET " + GROUPS + "/disks-2/disks", 200, """
                        {"items":[{"name":"web-1","source":"file:web-1.img"}],"nextCursor":null}
                        """)
                .on("PUT " + GROUPS + "/disks-2/disks/web-1-2", 201, "{}")
                .on("GET " + VAULT + "/backup-instances", 200, """
                        {"items":[{"name":"web-1-2","disk":"disks/web-1"}],"nextCursor":null}
                        """)
                .on("POST " + ROLES, 201, "{}")
                .on("PUT " + VAULT + "/backup-instances/web-1-2-2", 201, "{}");

        assertEquals(new Protected("disks-2", "web-1-2", "web-1-2-2", "snapshots-2"), protect());
    }

    private Protected protect() throws CommandFailed {
        return new Protection(new VaultServer(server.address(), Optional.of("token"))).of(DISK, DATASTORE, NOW);
    }

    private String bodyOf(String request) {
        List<Asked> asked = server.asked().stream()
                .filter(one -> one.request().equals(request))
                .toList();
        assertEquals(1, asked.size(), request);
        return asked.getFirst().body();
    }
}
