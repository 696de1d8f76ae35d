package io.diskvault.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskCommand.ProtectDisk;
import io.diskvault.disk.DiskCommand.RegisterDisk;
import io.diskvault.disk.DiskCommand.UnprotectDisk;
import io.diskvault.engine.vhd.VhdFooter;
import io.diskvault.resourcegroup.ResourceGroupCommand.AddResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupCommand.RemoveResourceGroupMember;
import io.diskvault.resourcegroup.ResourceGroupEvent.ResourceGroupCreated;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = "H2")
class DiskEndpointsTest {
    private static final String GROUP = "/api/v1/resource-groups/vm-disks";
    private static final String DISK = GROUP + "/disks/web-1";
    private static final String REGISTRATION = "{\"source\":\"file:web-1.img\"}";
    private static final DiskId ID = new DiskId("vm-disks", "web-1");

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Path disks;
    TestServer server;

    @BeforeEach
    void start() throws IOException {
        disks = Files.createDirectory(directory.resolve("disks"));
        Files.writeString(disks.resolve("web-1.img"), "disk");
        Files.writeString(disks.resolve("web-2.img"), "another");
        Map<String, Object> settings = new HashMap<>(database.fresh(directory.resolve("data")));
        settings.put("diskvault.allowed-roots", List.of(disks.toString()));
        server = TestServer.start(settings);
        assertEquals(201, server.put(GROUP, "{\"disksRoot\":\"" + disks + "\"}").status());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<Object> events(String stream) {
        return server.part(EventStore.class)
                .readEvents(stream)
                .asStream()
                .<Object>map(event -> event.getPayload())
                .toList();
    }

    private void send(Object command) {
        server.part(Commands.class).send(command);
    }

    private void assertRefused(int status, String code, Answer answer) {
        assertEquals(status, answer.status(), answer.body()::toString);
        assertEquals(code, answer.code());
    }

    @Test
    void aDiskIsRegisteredOnceReadAndListed() throws IOException {
        Answer made = server.put(DISK, REGISTRATION);
        assertEquals(201, made.status(), made.body()::toString);
        assertEquals("vm-disks", made.body().get("resourceGroup").asText());
        assertEquals("web-1", made.body().get("name").asText());
        assertEquals("file:web-1.img", made.body().get("source").asText());
        assertEquals("StandardHdd", made.body().get("type").asText());
        assertEquals("raw", made.body().get("format").asText());
        assertEquals(4, made.body().get("sizeBytes").asLong());
        assertTrue(made.body().get("protectedBy").isNull());
        Answer again = server.put(DISK, REGISTRATION);
        assertEquals(200, again.status());
        assertEquals(made.body(), again.body());
        assertEquals(made.body(), server.get(DISK).body());
        Answer other = server.put(GROUP + "/disks/web-2", "{\"source\":\"file:web-2.img\",\"type\":\"PremiumSsd\"}");
        assertEquals(201, other.status());
        for (String list : List.of(GROUP + "/disks", "/api/v1/disks")) {
            Answer first = server.get(list + "?limit=1");
            assertEquals(other.body(), first.body().get("items").get(0));
            Answer second = server.get(
                    list + "?limit=1&cursor=" + first.body().get("nextCursor").asText());
            assertEquals(made.body(), second.body().get("items").get(0));
            assertTrue(second.body().get("nextCursor").isNull());
        }
        assertRefused(404, "ResourceGroupNotFound", server.get("/api/v1/resource-groups/absent/disks"));
        assertTakesTheFormatThatIsDeclaredOrThatTheNameSays();
    }

    private void assertTakesTheFormatThatIsDeclaredOrThatTheNameSays() throws IOException {
        byte[] footer =
                VhdFooter.fixed(4096, Instant.EPOCH, new UUID(0, 1)).encode().array();
        Files.write(disks.resolve("a.VHD"), new byte[4096]);
        Files.write(disks.resolve("a.VHD"), footer, StandardOpenOption.APPEND);
        Answer byName = server.put(GROUP + "/disks/named", "{\"source\":\"file:a.VHD\"}");
        assertEquals("vhd", byName.body().path("format").asText(), byName.body()::toString);
        assertEquals(4096, byName.body().get("sizeBytes").asLong());
        String raw = GROUP + "/disks/raw";
        Answer declared = server.put(raw, "{\"source\":\"file:a.VHD\",\"format\":\"raw\"}");
        assertEquals("raw", declared.body().path("format").asText(), declared.body()::toString);
        assertEquals(4096 + 512, declared.body().get("sizeBytes").asLong());
        assertEquals(200, server.put(raw, "{\"source\":\"file:a.VHD\"}").status(), "it is raw already");
        assertRefused(
                409, "UserErrorDiskAlreadyExists", server.put(raw, "{\"source\":\"file:a.VHD\",\"format\":\"vhd\"}"));
    }

    @Test
    void aDiskMadeAnewHasAnotherUniqueId() {
        String first = server.put(DISK, REGISTRATION).body().get("uniqueId").asText();
        assertEquals(204, server.delete(DISK).status());
        assertRefused(404, "UserErrorManagedDiskNotFound", server.get(DISK));
        assertRefused(404, "UserErrorManagedDiskNotFound", server.delete(DISK));
        Answer anew = server.put(DISK, REGISTRATION);
        assertEquals(201, anew.status());
        assertNotEquals(first, anew.body().get("uniqueId").asText());
    }

    @Test
    void aGroupWithADiskStaysUntilTheDiskIsRemoved() {
        server.put(DISK, REGISTRATION);
        assertRefused(409, "UserErrorResourceGroupNotEmpty", server.delete(GROUP));
        assertEquals(204, server.delete(DISK).status());
        assertEquals(204, server.delete(GROUP).status());
    }

    @Test
    void anInstancesDiskIsShownAndStays() {
        server.put(DISK, REGISTRATION);
        send(new ProtectDisk(ID, "prod/web-1", Instant.EPOCH));
        List<Object> groupBefore = events("group:vm-disks");
        List<Object> diskBefore = events("disk:vm-disks/web-1");
        assertRefused(409, "UserErrorDiskProtected", server.delete(DISK));
        assertEquals(groupBefore, events("group:vm-disks"));
        assertEquals(diskBefore, events("disk:vm-disks/web-1"));
        server.put(DISK, REGISTRATION);
        assertEquals("prod/web-1", server.get(DISK).body().get("protectedBy").asText());
        send(new UnprotectDisk(ID, "prod/web-1", Instant.EPOCH));
        assertEquals(204, server.delete(DISK).status());
        assertEquals(groupBefore.size() + 1, events("group:vm-disks").size());
    }

    @Test
    void aDiskAndAGroupWithALongHistoryAreReadFromTheirSnapshots() {
        server.put(DISK, REGISTRATION);
        for (int i = 0; i < 60; i++) {
            send(new ProtectDisk(ID, "prod/web-1", Instant.EPOCH));
            send(new UnprotectDisk(ID, "prod/web-1", Instant.EPOCH));
            send(new AddResourceGroupMember(ID.group(), "instance:prod/web-1", Instant.EPOCH));
            send(new RemoveResourceGroupMember(ID.group(), "instance:prod/web-1", Instant.EPOCH));
        }
        send(new ProtectDisk(ID, "prod/web-1", Instant.EPOCH));
        assertInstanceOf(Disk.class, events("disk:vm-disks/web-1").getFirst());
        assertNotEquals(
                ResourceGroupCreated.class, events("group:vm-disks").getFirst().getClass());
        assertEquals(200, server.put(DISK, REGISTRATION).status());
        assertRefused(409, "UserErrorDiskProtected", server.delete(DISK));
        assertRefused(409, "UserErrorDiskAlreadyExists", server.put(DISK, "{\"source\":\"file:web-2.img\"}"));
        assertRefused(409, "UserErrorResourceGroupNotEmpty", server.delete(GROUP));
        assertEquals(200, server.put(GROUP, "{\"disksRoot\":\"" + disks + "\"}").status());
    }

    @Test
    void requestsAtTheSameMomentDoNotDisturbEachOther() throws Exception {
        server.put(DISK, REGISTRATION);
        List<Callable<Boolean>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String disk = GROUP + "/disks/copy-" + i;
            String instance = "prod/web-" + i;
            requests.add(() -> server.put(disk, REGISTRATION).status() == 201);
            requests.add(() -> isAccepted(new ProtectDisk(ID, instance, Instant.EPOCH)));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int accepted = 0;
            for (Future<Boolean> answer : threads.invokeAll(requests)) {
                accepted += answer.get() ? 1 : 0;
            }
            assertEquals(8 + 1, accepted, "every registration and one instance");
        }
        assertEquals(1 + 1, events("disk:vm-disks/web-1").size());
        assertEquals(1 + 1 + 8, events("group:vm-disks").size());
    }

    private boolean isAccepted(Object command) {
        try {
            send(command);
            return true;
        } catch (CommandRejected _) {
            return false;
        }
    }

    @Test
    void aDiskInAGroupThatIsNotThereLeavesNoEvent() {
        DiskId lost = new DiskId("absent", "web-1");
        assertThrows(
                CommandRejected.class,
                () -> send(new RegisterDisk(lost, "file:x", "StandardHdd", "raw", 1, new UUID(0, 1), Instant.EPOCH)));
        assertEquals(List.of(), events("group:absent"));
        assertEquals(List.of(), events("disk:absent/web-1"));
        assertRefused(
                404, "ResourceGroupNotFound", server.put("/api/v1/resource-groups/absent/disks/web-1", REGISTRATION));
    }

    @Test
    void refusesBadRegistrations() throws IOException {
        Files.createSymbolicLink(disks.resolve("out.img"), Files.writeString(directory.resolve("secret"), "secret"));
        assertRefused(422, "UserErrorInvalidRequest", server.put(DISK, "{}"));
        assertRefused(422, "UserErrorInvalidDiskSource", server.put(DISK, "{\"source\":\"file:out.img\"}"));
        assertRefused(422, "UserErrorInvalidDiskSource", server.put(DISK, "{\"source\":\"file:../secret\"}"));
        assertRefused(422, "UserErrorManagedDiskNotFound", server.put(DISK, "{\"source\":\"file:absent.img\"}"));
        assertRefused(
                422, "UserErrorDiskBackupDiskTypeNotSupported", server.put(DISK, "{\"source\":\"nbd://host/x\"}"));
        assertRefused(
                422,
                "UserErrorDiskBackupDiskTypeNotSupported",
                server.put(DISK, "{\"source\":\"file:web-1.img\",\"type\":\"Ultra\"}"));
        Answer none = server.put(DISK, "{\"source\":\"file:web-1.img\",\"format\":\"vhd\"}");
        assertRefused(422, "UserErrorInvalidDiskFormat", none);
        assertTrue(none.body().get("detail").asText().contains("web-1.img cannot be read as a VHD"));
        assertRefused(
                422,
                "UserErrorInvalidDiskFormat",
                server.put(DISK, "{\"source\":\"file:web-1.img\",\"format\":\"vdx\"}"));
        assertRefused(422, "UserErrorInvalidName", server.put(GROUP + "/disks/1web", REGISTRATION));
        assertEquals(
                400,
                server.put(DISK, "{\"source\":\"file:web-1.img\",\"sizeBytes\":4}")
                        .status());
        assertEquals(0, server.get("/api/v1/disks").body().get("items").size());
        server.put(DISK, REGISTRATION);
        assertRefused(409, "UserErrorDiskAlreadyExists", server.put(DISK, "{\"source\":\"file:web-2.img\"}"));
    }
}
