package io.diskvault.restore;

import static io.diskvault.testing.Protected.INSTANCE_PATH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.Commands;
import io.diskvault.engine.image.DiskImages;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.job.JobCommand.CancelJob;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.testing.Protected;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(names = "POSTGRESQL")
class RestoreEndpointsTest {
    private static final int DATA_BYTES = 1 << 20;
    private static final String RESTORES = INSTANCE_PATH + "/restores";

    @Parameter
    TestDatabase database;

    @TempDir
    Path directory;

    Path image;
    Path disks;
    TestServer server;

    @BeforeEach
    void start() {
        image = Protected.makeDisk(directory, "web-1.img", 1, DATA_BYTES);
        disks = image.resolveSibling("");
        server = TestServer.start(Protected.settings(database, directory));
        Protected.configure(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyPointComesBackAsTheDiskWasThen() throws IOException {
        byte[] first = Files.readAllBytes(image);
        String firstPoint = Protected.backUp(server).get("recoveryPoint").asText();
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap("changed".getBytes(UTF_8)), DATA_BYTES / 2);
        }
        byte[] second = Files.readAllBytes(image);
        Protected.backUp(server);

        JsonNode job = restore(firstPoint, "before");
        assertEquals("Completed", job.get("status").asText(), job.toString());
        assertEquals("Restore", job.get("operation").asText());
        assertEquals("before", job.get("target").get("diskName").asText());
        assertEquals("Completed", restore("latest", "after").get("status").asText());
        assertArrayEquals(first, Files.readAllBytes(disks.resolve("before.img")));
        assertArrayEquals(second, Files.readAllBytes(disks.resolve("after.img")));

        JsonNode disk =
                server.get("/api/v1/resource-groups/vm-disks/disks/before").body();
        assertEquals("file:before.img", disk.get("source").asText());
        assertEquals(first.length, disk.get("sizeBytes").asLong());
        assertEquals(List.of("after.img", "before.img", "web-1.img"), names());
    }

    @Test
    void aPointComesBackAlsoWhenItsDiskIsGoneAndProtectionStopped() throws IOException {
        byte[] content = Files.readAllBytes(image);
        Protected.backUp(server);
        Files.delete(image);
        assertEquals(200, server.post(INSTANCE_PATH + "/stop-protection", "{}").status());
        assertEquals("Completed", restore("latest", "again").get("status").asText());
        assertArrayEquals(content, Files.readAllBytes(disks.resolve("again.img")));
    }

    @Test
    void aDiskIsMadeInTheFormatThatIsAskedForAndCorrectedWhereThatIsPossible() throws IOException {
        Protected.backUp(server);
        byte[] content = Files.readAllBytes(disks.resolve("web-1.img"));
        for (DiskFormat format : List.of(DiskFormat.VHD, DiskFormat.VHD_FIXED)) {
            String name = "in-" + format.text();
            String target = "\"resourceGroup\":\"vm-disks\",\"diskName\":\"%s\"".formatted(name);
            assertEquals("Completed", ended(target + ",\"format\":\"%s\"".formatted(format.text())));
            JsonNode disk =
                    server.get("/api/v1/resource-groups/vm-disks/disks/" + name).body();
            assertEquals(format.text(), disk.get("format").asText());
            assertEquals("file:" + name + ".vhd", disk.get("source").asText());
            assertEquals(content.length, disk.get("sizeBytes").asLong());
            assertArrayEquals(content, diskIn(name, format));
            String over = target + ",\"overwrite\":true,\"confirm\":\"vm-disks/" + name + "\",\"grantMissing\":true";
            if (format == DiskFormat.VHD_FIXED) {
                assertEquals("Completed", ended(over));
                assertArrayEquals(content, diskIn(name, format));
            } else {
                assertRefused(422, "UserErrorRestoreFormatNotSupported", request(over));
            }
            assertRefused(422, "UserErrorRestoreFormatNotSupported", request(over + ",\"format\":\"raw\""));
        }
    }

    private static String request(String target) {
        return "{\"recoveryPoint\":\"latest\",\"target\":{%s}}".formatted(target);
    }

    private String ended(String target) {
        Answer accepted = server.post(RESTORES, request(target));
        assertEquals(202, accepted.status(), accepted.body()::toString);
        return Protected.await(server, accepted.header("location"))
                .get("status")
                .asText();
    }

    private byte[] diskIn(String name, DiskFormat format) throws IOException {
        try (DiskSource disk = DiskImages.open(disks.resolve(name + ".vhd"), format)) {
            ByteBuffer content = ByteBuffer.allocate((int) disk.sizeBytes());
            disk.read(content, 0);
            return content.array();
        }
    }

    @Test
    void aDeletedInstanceIsUndeletedBeforeItIsRestored() {
        Protected.backUp(server);
        assertEquals(204, server.delete(INSTANCE_PATH).status());
        assertRefused(409, "UserErrorBackupInstanceSoftDeleted", order("latest", "vm-disks", "new-disk"));
    }

    @Test
    void aDayHasTenRestoresAndARepeatedOneCountsOnce() {
        Protected.backUp(server);
        for (int i = 1; i <= 10; i++) {
            String order = order("latest", "vm-disks", "copy-" + i);
            Answer accepted = server.send("POST", RESTORES, order, "Idempotency-Key", "copy-" + i);
            assertEquals(202, accepted.status());
            assertEquals(
                    202,
                    server.send("POST", RESTORES, order, "Idempotency-Key", "copy-" + i)
                            .status());
        }
        assertRefused(429, "UserErrorRestoreLimitReached", order("latest", "vm-disks", "copy-11"));
    }

    @Test
    void aNameThatIsTakenIsRefusedAndNothingIsTouched() throws IOException {
        Protected.backUp(server);
        byte[] precious = "precious".getBytes(UTF_8);
        Files.write(disks.resolve("taken.img"), precious);
        for (String name : List.of("taken", "web-1")) {
            Answer refused = server.post(RESTORES, order("latest", "vm-disks", name));
            assertEquals(409, refused.status());
            assertEquals("UserErrorSameNameDiskAlreadyExists", refused.code());
        }
        assertArrayEquals(precious, Files.readAllBytes(disks.resolve("taken.img")));
    }

    @Test
    void aNameThatIsTakenMeanwhileFailsTheJobAndNothingIsTouched() throws IOException {
        String point = Protected.backUp(server).get("recoveryPoint").asText();
        byte[] precious = "precious".getBytes(UTF_8);
        Files.write(disks.resolve("taken.img"), precious);
        JsonNode job = runDirectly(JobId.random(Instant.EPOCH), point, "taken");
        assertEquals("Failed", job.get("status").asText());
        assertEquals(
                "UserErrorSameNameDiskAlreadyExists",
                job.get("error").get("code").asText());
        assertArrayEquals(precious, Files.readAllBytes(disks.resolve("taken.img")));
        assertEquals(List.of("taken.img", "web-1.img"), names());
    }

    @Test
    void whatCannotBeRestoredIsRefusedWithItsReason() {
        Protected.backUp(server);
        assertRefused(404, "UserErrorRestoreTargetRGNotFound", order("latest", "nowhere", "new-disk"));
        assertRefused(422, "UserErrorRestoreTargetRGInvalid", order("latest", "snapshots", "new-disk"));
        assertRefused(404, "UserErrorDiskSnapshotNotFound", order("no-such-point", "vm-disks", "new-disk"));
        assertRefused(422, "UserErrorInvalidName", order("latest", "vm-disks", "../../etc"));
        assertRefused(422, "UserErrorInvalidRequest", "{\"recoveryPoint\":\"latest\"}");
        assertRefused(422, "UserErrorInvalidRequest", order(null, "vm-disks", "new-disk"));
        assertRefused(
                422,
                "UserErrorRestoreFormatNotSupported",
                "{\"recoveryPoint\":\"latest\",\"target\":{\"resourceGroup\":\"vm-disks\",\"diskName\":\"new-disk\",\"format\":\"vhs\"}}");
        assertEquals(
                404,
                server.post(
                                "/api/v1/backup-vaults/prod/backup-instances/other/restores",
                                order("latest", "vm-disks", "new-disk"))
                        .status());
        assertEquals(
                0,
                server.get("/api/v1/backup-jobs?operation=Restore")
                        .body()
                        .get("items")
                        .size());
    }

    @Test
    void anInstanceWithoutPointsHasNoLatest() {
        assertRefused(404, "UserErrorDiskSnapshotNotFound", order("latest", "vm-disks", "new-disk"));
    }

    @Test
    void aRepeatedRequestWithOneKeyMakesOneJob() {
        Protected.backUp(server);
        Answer first =
                server.send("POST", RESTORES, order("latest", "vm-disks", "new-disk"), "Idempotency-Key", "monday");
        assertEquals(
                "Completed",
                Protected.await(server, first.header("location")).get("status").asText());
        Answer again =
                server.send("POST", RESTORES, order("latest", "vm-disks", "new-disk"), "Idempotency-Key", "monday");
        assertEquals(202, again.status());
        assertEquals(first.header("location"), again.header("location"));
    }

    @Test
    void anAttemptGoesOnWhereTheOneBeforeWasKilled() throws IOException {
        String point = Protected.backUp(server).get("recoveryPoint").asText();
        JobId written = JobId.random(Instant.EPOCH);
        Path ours = disks.resolve(".diskvault-restore-" + written.text());
        Files.copy(image, ours);
        Path unfinished = disks.resolve("." + ours.getFileName() + ".0000.unfinished");
        Files.writeString(unfinished, "half");
        assertEquals(
                "Completed",
                runDirectly(written, point, "written").get("status").asText());

        JobId published = JobId.random(Instant.EPOCH);
        Path oursToo = disks.resolve(".diskvault-restore-" + published.text());
        Files.copy(image, oursToo);
        Files.createLink(disks.resolve("published.img"), oursToo);
        assertEquals(
                "Completed",
                runDirectly(published, point, "published").get("status").asText());

        assertArrayEquals(Files.readAllBytes(image), Files.readAllBytes(disks.resolve("written.img")));
        assertArrayEquals(Files.readAllBytes(image), Files.readAllBytes(disks.resolve("published.img")));
        assertEquals(List.of("published.img", "web-1.img", "written.img"), names());

        JobId half = JobId.random(Instant.EPOCH);
        byte[] begun = Arrays.copyOf(Files.readAllBytes(image), DATA_BYTES / 2);
        Files.write(disks.resolve(resumable(half)), begun);
        JsonNode resumed = runDirectly(half, point, "half");
        assertEquals("Completed", resumed.get("status").asText(), resumed::toString);
        assertEquals(begun.length, resumed.at("/restored/keptBytes").asLong(), resumed::toString);
        assertArrayEquals(Files.readAllBytes(image), Files.readAllBytes(disks.resolve("half.img")));
        assertEquals(List.of("half.img", "published.img", "web-1.img", "written.img"), names());
        assertEquals(
                200,
                server.get("/api/v1/resource-groups/vm-disks/disks/published").status());
    }

    /// What the engine calls the file that a later attempt goes on with.
    private static String resumable(JobId job) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(job.text().getBytes(UTF_8));
            return "..diskvault-restore-%s.%s.resumable-diskvault-restore"
                    .formatted(job.text(), HexFormat.of().formatHex(digest, 0, 4));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void whatACancelledJobLeftWithoutAWorkerGoes() throws IOException {
        String point = Protected.backUp(server).get("recoveryPoint").asText();
        JobId job = JobId.random(Instant.EPOCH);
        Files.write(disks.resolve(resumable(job)), new byte[DATA_BYTES]);
        server.part(Commands.class)
                .send(new QueueJob(
                        job,
                        new RestoreOrder("prod", "web-1", point, "vm-disks", "never", "never.img", false, "raw"),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.parse("2026-11-01T00:00:00Z")));
        server.part(Commands.class).send(new CancelJob(job, Instant.parse("2026-11-01T00:00:00Z")));
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (names().size() > 1) {
            assertTrue(System.nanoTime() < deadline, () -> "still there: " + job);
            LockSupport.parkNanos(5_000_000);
        }
        assertEquals(List.of("web-1.img"), names());
    }

    @Test
    void aDamagedPointFailsTheJobAndLeavesNoDisk() throws IOException {
        String point = Protected.backUp(server).get("recoveryPoint").asText();
        try (Stream<Path> files = Files.walk(directory.resolve("store").resolve("packs"))) {
            for (Path pack : files.filter(RestoreEndpointsTest::holdsContent).toList()) {
                try (FileChannel file = FileChannel.open(pack, StandardOpenOption.WRITE)) {
                    file.write(ByteBuffer.wrap(new byte[4096]), file.size() / 3);
                }
            }
        }
        JsonNode job = restore(point, "broken");
        assertEquals("Failed", job.get("status").asText());
        assertEquals("UserErrorDatastoreDamaged", job.get("error").get("code").asText());
        assertFalse(job.get("error").get("recommendedAction").asText().isEmpty());
        assertEquals(List.of("web-1.img"), names());
        assertEquals(
                404, server.get("/api/v1/resource-groups/vm-disks/disks/broken").status());
    }

    /// The format's number of a pack's kind: 1 is disk content. Without its manifest a point is refused at once.
    private static boolean holdsContent(Path pack) {
        try {
            return Files.isRegularFile(pack)
                    && ByteBuffer.wrap(Files.readAllBytes(pack)).getInt(32) == 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void holesStayHoles() throws IOException {
        Protected.backUp(server);
        restore("latest", "sparse");
        long blocks = (long) Files.getAttribute(disks.resolve("sparse.img"), "unix:size");
        assertEquals(8L * DATA_BYTES, blocks);
        assertTrue(allocated(disks.resolve("sparse.img")) < 3L * DATA_BYTES);
    }

    private static long allocated(Path file) throws IOException {
        Process du = new ProcessBuilder("du", "-B1", file.toString()).start();
        String text = new String(du.getInputStream().readAllBytes(), UTF_8);
        return Long.parseLong(text.substring(0, text.indexOf('\t')));
    }

    private JsonNode restore(String point, String name) {
        Answer accepted = server.post(RESTORES, order(point, "vm-disks", name));
        assertEquals(202, accepted.status(), () -> accepted.body().toString());
        return Protected.await(server, accepted.header("location"));
    }

    /// As a job that was accepted by a server that was then killed.
    private JsonNode runDirectly(JobId job, String point, String name) {
        server.part(Commands.class)
                .send(new QueueJob(
                        job,
                        new RestoreOrder("prod", "web-1", point, "vm-disks", name, name + ".img", false, "raw"),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.parse("2026-11-01T00:00:00Z")));
        return Protected.await(server, "/api/v1/backup-jobs/" + job.text());
    }

    private void assertRefused(int status, String code, String body) {
        Answer answer = server.post(RESTORES, body);
        assertEquals(status, answer.status(), () -> answer.body().toString());
        assertEquals(code, answer.code());
    }

    private static String order(@Nullable String point, String group, String disk) {
        String quoted = point == null ? "null" : "\"" + point + "\"";
        return "{\"recoveryPoint\":%s,\"target\":{\"resourceGroup\":\"%s\",\"diskName\":\"%s\"}}"
                .formatted(quoted, group, disk);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(disks)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
