package io.diskvault.resourcegroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.Commands;
import io.diskvault.resourcegroup.ResourceGroupCommand.AddResourceGroupMember;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = "H2")
class ResourceGroupEndpointsTest {
    private static final String GROUP = "/api/v1/resource-groups/vm-disks";

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Path allowed;
    Path disks;
    TestServer server;

    @BeforeEach
    void start() throws IOException {
        directory = directory.toRealPath();
        allowed = Files.createDirectory(directory.resolve("allowed"));
        disks = Files.createDirectory(allowed.resolve("disks"));
        Map<String, Object> settings = new HashMap<>(database.fresh(directory.resolve("data")));
        settings.put("diskvault.allowed-roots", List.of(allowed.toString()));
        server = TestServer.start(settings);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String disksRoot(Path path) {
        return "{\"disksRoot\":\"" + path + "\"}";
    }

    private static String datastore(Path path) {
        return "{\"datastore\":\"" + path + "\"}";
    }

    private void assertRefused(String json) {
        Answer answer = server.put(GROUP, json);
        assertEquals(422, answer.status(), answer.body()::toString);
        assertEquals("UserErrorInvalidResourceGroupDirectory", answer.code());
        assertEquals(404, server.get(GROUP).status());
    }

    @Test
    void aGroupIsMadeOnceReadListedAndDeleted() {
        Answer made = server.put(GROUP, disksRoot(disks));
        assertEquals(201, made.status());
        assertEquals("vm-disks", made.body().get("name").asText());
        assertEquals(disks.toString(), made.body().get("disksRoot").asText());
        assertTrue(made.body().get("datastore").isNull());
        Answer again = server.put(GROUP, disksRoot(disks));
        assertEquals(200, again.status());
        assertEquals(made.body(), again.body());
        assertEquals(made.body(), server.get(GROUP).body());
        assertEquals(
                made.body(),
                server.get("/api/v1/resource-groups").body().get("items").get(0));
        assertEquals(204, server.delete(GROUP).status());
        Answer gone = server.get(GROUP);
        assertEquals(404, gone.status());
        assertEquals("ResourceGroupNotFound", gone.code());
        assertEquals(404, server.delete(GROUP).status());
        assertEquals(
                201, server.put(GROUP, datastore(allowed.resolve("snapshots"))).status());
    }

    @Test
    void aGroupKeepsItsDirectories() {
        server.put(GROUP, disksRoot(disks));
        Path untouched = allowed.resolve("snapshots");
        Answer answer = server.put(GROUP, "{\"disksRoot\":\"%s\",\"datastore\":\"%s\"}".formatted(disks, untouched));
        assertEquals(409, answer.status());
        assertEquals("UserErrorResourceGroupAlreadyExists", answer.code());
        assertFalse(Files.exists(untouched));
    }

    @Test
    void aDatastoreMayBeNewAndInTheServersOwnDirectory() {
        Path own = directory.resolve("data/datastore");
        assertEquals(201, server.put(GROUP, datastore(own)).status());
        assertTrue(Files.isDirectory(own));
        Path deep = allowed.resolve("a/b/c");
        assertEquals(
                201,
                server.put("/api/v1/resource-groups/snapshots", datastore(deep)).status());
        assertTrue(Files.isDirectory(deep));
    }

    @Test
    void aGroupIsFoundAgainThroughAnAllowedLink() throws IOException {
        Path link = Files.createSymbolicLink(allowed.resolve("link"), disks);
        Answer made = server.put(GROUP, disksRoot(link));
        assertEquals(disks.toString(), made.body().get("disksRoot").asText());
        assertEquals(200, server.put(GROUP, disksRoot(disks)).status());
    }

    @Test
    void refusesDirectoriesOutsideOfTheAllowedOnes() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        assertRefused(disksRoot(outside));
        assertRefused(datastore(outside));
        assertRefused(disksRoot(directory));
        assertRefused(disksRoot(allowed.resolve("../outside")));
        assertRefused(disksRoot(Files.createSymbolicLink(allowed.resolve("link"), outside)));
        assertRefused(datastore(allowed.resolve("link/new")));
        assertFalse(Files.exists(outside.resolve("new")));
        assertRefused(datastore(Files.createSymbolicLink(allowed.resolve("dangling"), outside.resolve("new"))));
        assertFalse(Files.exists(outside.resolve("new")));
        assertRefused(disksRoot(Path.of(allowed + "-not")));
        assertRefused(disksRoot(directory.resolve("data")));
    }

    @Test
    void nothingIsAllowedUnlessSet() {
        server.close();
        server = TestServer.start(database.fresh(directory.resolve("other-data")));
        assertEquals(List.of(), server.part(AllowedRoots.class).allowedRoots());
        assertRefused(disksRoot(disks));
        assertRefused(disksRoot(Path.of("").toAbsolutePath()));
    }

    @Test
    void severalDirectoriesAreSetInOneText() {
        server.close();
        Map<String, Object> settings = new HashMap<>(database.fresh(directory.resolve("other-data")));
        settings.put("diskvault.allowed-roots", "/srv/vms," + allowed);
        server = TestServer.start(settings);
        assertEquals(
                List.of(Path.of("/srv/vms"), allowed),
                server.part(AllowedRoots.class).allowedRoots());
        assertEquals(201, server.put(GROUP, disksRoot(disks)).status());
    }

    @Test
    void refusesWhatIsNoDirectory() throws IOException {
        assertRefused(disksRoot(allowed.resolve("absent")));
        Path file = Files.writeString(allowed.resolve("file"), "");
        assertRefused(disksRoot(file));
        assertRefused(datastore(file));
        assertRefused(datastore(file.resolve("below")));
        assertRefused(disksRoot(Path.of("relative")));
        assertRefused("{\"disksRoot\":\"\"}");
        assertRefused("{\"disksRoot\":\"" + allowed + "/" + "x".repeat(5000) + "\"}");
        Answer nothing = server.put(GROUP, "{}");
        assertEquals(422, nothing.status());
        assertEquals("UserErrorInvalidRequest", nothing.code());
        assertEquals(400, server.put(GROUP, "{\"root\":\"/\"}").status());
        Answer zero = server.put(GROUP, "{\"disksRoot\":\"/a\\u0000b\"}");
        assertEquals(422, zero.status());
        assertEquals("UserErrorInvalidRequest", zero.code());
    }

    @Test
    void aGroupWithMembersStays() {
        server.put(GROUP, disksRoot(disks));
        server.part(Commands.class)
                .send(new AddResourceGroupMember(
                        new ResourceGroupId("vm-disks"), "disk:vm-disks/web-1", Instant.EPOCH));
        Answer answer = server.delete(GROUP);
        assertEquals(409, answer.status());
        assertEquals("UserErrorResourceGroupNotEmpty", answer.code());
        assertEquals(200, server.get(GROUP).status());
    }
}
