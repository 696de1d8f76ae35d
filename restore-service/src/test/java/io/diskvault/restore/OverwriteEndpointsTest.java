package io.diskvault.restore;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskCommand.EndDiskRestore;
import io.diskvault.disk.DiskCommand.StartDiskRestore;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.Disks;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.instance.InstanceCommand.ResumeAfterOverwrite;
import io.diskvault.instance.InstanceCommand.YieldToOverwrite;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import io.diskvault.snapshot.Datastores;
import io.diskvault.testing.Guarded;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Views;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Restores over disks that are there, and what is said before.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are set before the first test
class OverwriteEndpointsTest {
    private static final int DATA_BYTES = 1 << 20;
    private static final String RESTORES = INSTANCE_PATH + "/restores";
    private static final String VALIDATE = INSTANCE_PATH + "/validate-for-restore";
    private static final String BUSY = "UserErrorMaxConcurrentOperationLimitReached";
    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final DiskId WEB = new DiskId("vm-disks", "web-1");

    @TempDir
    static Path directory;

    Path image;
    TestServer server;
    Guarded world;
    String point;
    byte[] content;

    @BeforeAll
    void start() throws IOException {
        image = Protected.makeDisk(directory, "web-1.img", 1, DATA_BYTES);
        content = Files.readAllBytes(image);
        server = TestServer.start(settings());
        Protected.configure(server, directory);
        world = new Guarded(server, directory);
        point = Protected.backUp(server).get("recoveryPoint").asText();
    }

    private static java.util.Map<String, Object> settings() {
        java.util.Map<String, Object> settings = Protected.settings(TestDatabase.H2, directory);
        settings.put("diskvault.limits.restores-per-day", "100");
        settings.put("diskvault.limits.on-demand-backups-per-day", "100");
        return settings;
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static void write(Path file, long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static String request(String point, String target) {
        return "{\"recoveryPoint\":\"%s\",\"target\":{%s}}".formatted(point, target);
    }

    private static String over(String disk, String confirm) {
        return "\"resourceGroup\":\"vm-disks\",\"diskName\":\"%s\",\"overwrite\":true,\"confirm\":\"%s\""
                .formatted(disk, confirm);
    }

    private static String original(String confirm) {
        return "\"originalDisk\":true,\"confirm\":\"%s\"".formatted(confirm);
    }

    private JsonNode restored(String json) {
        Answer accepted = server.post(RESTORES, json);
        assertEquals(202, accepted.status(), accepted::toString);
        return Protected.await(server, accepted.header("location"));
    }

    private void refused(int status, String code, String json) {
        Answer answer = server.post(RESTORES, json);
        assertEquals(code, answer.code(), answer::toString);
        assertEquals(status, answer.status());
    }

    private String problems(String json) {
        Answer answer = server.post(VALIDATE, json);
        assertEquals(200, answer.status(), answer::toString);
        assertEquals(
                answer.body().get("problems").isEmpty(),
                answer.body().get("valid").asBoolean());
        return String.join(
                " ",
                StreamSupport.stream(answer.body().get("problems").spliterator(), false)
                        .map(problem -> problem.get("code").asText())
                        .toList());
    }

    private void register(String name, long bytes) throws IOException {
        Path file = directory.resolve("disks").resolve(name + ".img");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), bytes - 1);
        }
        assertEquals(
                201,
                server.put(
                                "/api/v1/resource-groups/vm-disks/disks/" + name,
                                "{\"source\":\"file:%s.img\"}".formatted(name))
                        .status());
    }

    @Test
    void theOriginalDiskIsCorrectedWhereItLiesAndBackedUpAgainAtOnce() throws IOException {
        Object file = Files.getAttribute(image, "unix:ino");
        write(image, DATA_BYTES / 2, new byte[] {1, 2, 3});
        write(image, 6L * DATA_BYTES, new byte[] {9});
        JsonNode job = restored(request(point, original("vm-disks/web-1")));
        assertEquals("Completed", job.get("status").asText(), job::toString);
        assertArrayEquals(content, Files.readAllBytes(image));
        assertEquals(file, Files.getAttribute(image, "unix:ino"));
        assertTrue(job.at("/target/overwrite").asBoolean());
        long written = job.at("/restored/writtenBytes").asLong();
        assertTrue(written > 0 && written < DATA_BYTES, job::toString);
        assertTrue(job.at("/restored/keptBytes").asLong() > 0, job::toString);

        // Also in the moment before disk and instance are told of the end.
        String next = Protected.backUp(server).get("recoveryPoint").asText();
        JsonNode made = server.get(INSTANCE_PATH + "/recovery-points/" + next).body();
        assertEquals(0, made.get("changedBytes").asLong(), made::toString);
        assertTrue(server.get("/api/v1/resource-groups/vm-disks/disks/web-1")
                .body()
                .get("restoringJob")
                .isNull());
    }

    @Test
    void nothingIsWrittenOverWithoutBeingNamedAgain() throws IOException {
        byte[] before = Files.readAllBytes(image);
        refused(428, "UserErrorOverwriteNotConfirmed", request("latest", "\"originalDisk\":true"));
        refused(428, "UserErrorOverwriteNotConfirmed", request("latest", original("web-1")));
        refused(428, "UserErrorOverwriteNotConfirmed", request("latest", over("web-1", "vm-disks/web-2")));
        Answer told = server.post(RESTORES, request("latest", "\"originalDisk\":true"));
        String detail = told.body().get("detail").asText();
        assertTrue(detail.contains("vm-disks/web-1") && detail.contains("prod/web-1"), detail);
        assertArrayEquals(before, Files.readAllBytes(image));
    }

    @Test
    void anotherDiskIsWrittenOverAsFarAsThePointGoes() throws IOException {
        register("larger", 9L * DATA_BYTES);
        Answer checked = server.post(VALIDATE, request(point, over("larger", "")));
        assertTrue(checked.body().get("valid").asBoolean(), checked::toString);
        assertEquals(
                "WarningDiskLargerThanRecoveryPoint",
                checked.body().at("/warnings/0/code").asText());
        JsonNode job = restored(request(point, over("larger", "vm-disks/larger")));
        assertEquals("CompletedWithWarnings", job.get("status").asText(), job::toString);
        assertArrayEquals(content, Files.readAllBytes(directory.resolve("disks/larger.img")));
    }

    @Test
    void whileAJobHasTheDiskNoOtherTouchesIt() {
        Commands commands = server.part(Commands.class);
        JobId job = JobId.random(Instant.EPOCH);
        InstanceId owner = new InstanceId("prod", "web-1");
        commands.send(new StartDiskRestore(
                WEB,
                server.part(Disks.class).uniqueIdOf(WEB).orElseThrow(),
                Optional.of(owner.path()),
                job.text(),
                AT));
        commands.send(new YieldToOverwrite(owner, job, AT));
        server.part(Views.class).catchUp();
        refused(409, BUSY, request(point, original("vm-disks/web-1")));
        assertEquals(BUSY, server.post(INSTANCE_PATH + "/backups", "{}").code());
        assertEquals(
                409,
                server.delete("/api/v1/resource-groups/vm-disks/disks/web-1").status());
        assertEquals(
                job.text(),
                server.get("/api/v1/resource-groups/vm-disks/disks/web-1")
                        .body()
                        .get("restoringJob")
                        .asText());
        commands.send(new EndDiskRestore(WEB, job.text(), AT));
        commands.send(new ResumeAfterOverwrite(owner, job, AT));
        server.part(Views.class).catchUp();
        assertEquals(
                "Completed",
                restored(request(point, original("vm-disks/web-1")))
                        .get("status")
                        .asText());
    }

    @Test
    void everythingThatStandsAgainstItIsSaidAtOnce() throws IOException {
        register("small", 4096);
        assertEquals("", problems(request("latest", original(""))));
        assertEquals("", problems(request("latest", "\"resourceGroup\":\"vm-disks\",\"diskName\":\"fresh\"")));
        assertEquals(
                "UserErrorDiskSnapshotNotFound UserErrorRestoreTargetRGNotFound",
                problems(request("ghost", "\"resourceGroup\":\"nowhere\",\"diskName\":\"fresh\"")));
        assertEquals(
                "UserErrorDiskSnapshotNotFound UserErrorSameNameDiskAlreadyExists",
                problems(request("ghost", "\"resourceGroup\":\"vm-disks\",\"diskName\":\"web-1\"")));
        assertEquals("UserErrorRestoreTargetTooSmall", problems(request(point, over("small", ""))));
        assertEquals("UserErrorManagedDiskNotFound", problems(request(point, over("ghost", ""))));
        assertEquals("UserErrorInvalidRequest", problems("{}"));
        assertEquals("UserErrorInvalidRequest", problems(request(point, "\"originalDisk\":true,\"diskName\":\"x\"")));
        assertEquals(
                201,
                server.put(
                                "/api/v1/resource-groups/elsewhere",
                                "{\"disksRoot\":\"%s\"}"
                                        .formatted(Files.createDirectories(directory.resolve("elsewhere"))))
                        .status());
        Answer unknown =
                server.post(VALIDATE, request("ghost", "\"resourceGroup\":\"elsewhere\",\"diskName\":\"fresh\""));
        assertTrue(
                unknown.body()
                        .toString()
                        .contains("diskvault role assign vault:prod \\\"Disk Restore Operator\\\" group:elsewhere"),
                unknown::toString);
        refused(409, "UserErrorRestoreTargetTooSmall", request(point, over("small", "vm-disks/small")));
        assertEquals(
                404,
                server.post(
                                "/api/v1/backup-vaults/prod/backup-instances/ghost/validate-for-restore",
                                request("latest", original("")))
                        .status());
    }

    @Test
    void whoMayRestoreNeedsARightAtTheDiskToWriteOverIt() {
        String operator = world.token("operator", "Backup Operator", "vault:prod");
        String path = "backup-vaults/prod/backup-instances/web-1/restores";
        String wish = request("latest", "\"originalDisk\":true");
        assertEquals(404, world.as(operator, "POST", path, wish).status());
        assertEquals(
                201,
                server.post(
                                "/api/v1/role-assignments",
                                "{\"principal\":\"operator\",\"role\":\"Disk Restore Operator\",\"scope\":\"disk:vm-disks/web-1\"}")
                        .status());
        assertEquals(428, world.as(operator, "POST", path, wish).status());
    }

    @Test
    void whereThereIsAGuardItTakesTwo() {
        world.vault("guarded");
        String guardedPoint = world.backUp("guarded");
        assertEquals(201, server.put("/api/v1/resource-guards/main", "{}").status());
        String approver = world.token("approver", "Backup MUA Admin", "guard:main");
        world.link("guarded", "main");
        String path = "backup-vaults/guarded/backup-instances/web/restores";
        String wish =
                request(guardedPoint, "\"originalDisk\":true,\"grantMissing\":true,\"confirm\":\"vm-disks/guarded\"");
        Answer stopped = world.as(TestServer.TOKEN, "POST", path, wish);
        assertEquals("UserErrorResourceGuardApprovalRequired", stopped.code(), stopped::toString);
        JsonNode asked = world.requestIn(stopped);
        assertEquals("OverwriteDisk", asked.get("operation").asText());
        assertTrue(asked.get("detail").asText().contains("vm-disks/guarded"), asked::toString);
        String decision = "approval-requests/" + asked.get("id").asText() + "/approve";
        assertEquals(2, world.as(approver, "POST", decision, null).status() / 100);
        Answer accepted = world.as(TestServer.TOKEN, "POST", path, wish);
        assertEquals(202, accepted.status(), accepted::toString);
        assertEquals(
                "Completed",
                Protected.await(server, accepted.header("location"))
                        .get("status")
                        .asText());
        // Over the disk of a vault that is guarded, out of one that is not.
        Answer fromOutside = server.post(RESTORES, request(point, over("guarded", "vm-disks/guarded")));
        assertEquals("UserErrorRestoreTargetTooSmall", fromOutside.code(), fromOutside::toString);
    }

    @Test
    void damagedPartsAreLeftOutAndToldIfThatIsWanted() throws IOException {
        assertEquals(
                201,
                server.put(
                                "/api/v1/resource-groups/frail",
                                "{\"datastore\":\"%s\"}".formatted(directory.resolve("frail")))
                        .status());
        Path frail = Protected.makeDisk(directory, "frail.img", 3, 4 * DATA_BYTES);
        String frailInstance = Protected.VAULT_PATH + "/backup-instances/frail";
        server.put("/api/v1/resource-groups/vm-disks/disks/frail", "{\"source\":\"file:frail.img\"}");
        assertEquals(
                201,
                server.put(
                                frailInstance,
                                "{\"disk\":\"vm-disks/frail\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"frail\",\"grantMissing\":true}")
                        .status());
        Protected.await(server, server.post(frailInstance + "/backups", "{}").header("location"));
        damageOneChunk(directory.resolve("frail"));

        String plain = request("latest", "\"resourceGroup\":\"vm-disks\",\"diskName\":\"%s\"");
        JsonNode failed = Protected.await(
                server,
                server.post(frailInstance + "/restores", plain.formatted("whole"))
                        .header("location"));
        assertEquals("Failed", failed.get("status").asText(), failed::toString);
        String tolerant = plain.replace("{\"rec", "{\"continueOnDamage\":true,\"rec");
        JsonNode job = Protected.await(
                server,
                server.post(frailInstance + "/restores", tolerant.formatted("rest"))
                        .header("location"));
        assertEquals("CompletedWithWarnings", job.get("status").asText(), job::toString);
        long damaged = job.at("/restored/damagedBytes").asLong();
        assertTrue(damaged > 0 && damaged < 4L * DATA_BYTES, job::toString);
        String warning = job.at("/warnings/0").asText();
        assertTrue(warning.startsWith(damaged + " of 33554432 bytes are damaged"), warning);
        byte[] rest = Files.readAllBytes(directory.resolve("disks/rest.img"));
        byte[] whole = Files.readAllBytes(frail);
        long differing = 0;
        for (int i = 0; i < whole.length; i++) {
            differing += whole[i] == rest[i] ? 0 : 1;
        }
        assertTrue(differing > 0 && differing <= damaged, differing + " bytes differ");
        assertFalse(Files.exists(directory.resolve("disks/whole.img")));
        knownDamageIsSaidBeforehand(frailInstance, plain.formatted("late"), tolerant.formatted("late"), damaged);
    }

    private void knownDamageIsSaidBeforehand(String instance, String plain, String tolerant, long damaged) {
        String validate = instance + "/validate-for-restore";
        assertTrue(server.post(validate, plain).body().get("valid").asBoolean());
        verify(directory.resolve("frail"));
        JsonNode known = server.post(validate, plain).body();
        assertEquals("UserErrorDatastoreDamaged", known.at("/problems/0/code").asText(), known::toString);
        assertTrue(
                known.at("/problems/0/detail")
                        .asText()
                        .contains(damaged + " of 33554432 bytes cannot be restored, bytes "),
                known::toString);
        JsonNode warned = server.post(validate, tolerant).body();
        assertTrue(warned.get("valid").asBoolean(), warned::toString);
        assertEquals(known.at("/problems/0/detail"), warned.at("/warnings/0/detail"));
        Answer refused = server.post(instance + "/restores", plain);
        assertEquals(409, refused.status(), refused::toString);
        assertEquals("UserErrorDatastoreDamaged", refused.code());
    }

    private void verify(Path datastore) {
        try {
            server.part(Datastores.class).open(datastore).verify(VerifyOptions.FULL, Watch.NONE);
        } catch (IOException | DatastoreException failure) {
            throw new AssertionError(failure);
        }
    }

    /// In the middle of the largest pack.
    private static void damageOneChunk(Path datastore) throws IOException {
        try (Stream<Path> files = Files.walk(datastore.resolve("packs"))) {
            Path pack = files.filter(Files::isRegularFile)
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow();
            write(pack, Files.size(pack) / 2, new byte[64]);
        }
    }

    @Test
    void twoPointsAreComparedPageByPage() throws IOException {
        Path file = Protected.makeDisk(directory, "compared.img", 5, 2 * DATA_BYTES);
        String compared = Protected.VAULT_PATH + "/backup-instances/compared";
        server.put("/api/v1/resource-groups/vm-disks/disks/compared", "{\"source\":\"file:compared.img\"}");
        assertEquals(
                201,
                server.put(
                                compared,
                                "{\"disk\":\"vm-disks/compared\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":true}")
                        .status());
        String first = backUp(compared);
        write(file, 0, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        write(file, 4L * DATA_BYTES, new byte[] {1});
        String second = backUp(compared);
        String path = compared + "/recovery-points/" + first + "/diff/";
        JsonNode diff = server.get(path + second).body();
        assertEquals(2, diff.get("ranges").asLong(), diff::toString);
        assertEquals(2, diff.get("items").size());
        assertTrue(diff.get("nextCursor").isNull());
        long sum = 0;
        for (JsonNode range : diff.get("items")) {
            sum += range.get("end").asLong() - range.get("start").asLong();
        }
        assertEquals(sum, diff.get("changedBytes").asLong());
        JsonNode page = server.get(path + "latest?limit=1").body();
        assertEquals(diff.at("/items/0"), page.at("/items/0"));
        assertEquals(2, page.get("ranges").asLong());
        JsonNode rest = server.get(path + second + "?limit=1&cursor="
                        + page.get("nextCursor").asText())
                .body();
        assertEquals(diff.at("/items/1"), rest.at("/items/0"));
        assertTrue(rest.get("nextCursor").isNull());
        assertEquals(0, server.get(path + first).body().get("ranges").asLong());
        assertEquals("UserErrorDiskSnapshotNotFound", server.get(path + "ghost").code());
        assertEquals(
                "UserErrorInvalidRequest",
                server.get(path + second + "?cursor=soon").code());
    }

    private String backUp(String instance) {
        return Protected.await(server, server.post(instance + "/backups", "{}").header("location"))
                .get("recoveryPoint")
                .asText();
    }
}
