package io.diskvault.restore.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.Protected;
import io.diskvault.testing.ShiftedClock;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTestEndpointsTest {
    private static final int DATA_BYTES = 1 << 18;
    private static final AtomicInteger VAULTS = new AtomicInteger();

    @TempDir
    private static Path directory;

    @TempDir
    private static Path scripts;

    private static Path scratch;
    private static TestServer server;

    /// Of each test its own.
    private final String vault = "/api/v1/backup-vaults/vault-" + VAULTS.incrementAndGet();

    @BeforeAll
    static void start() throws IOException {
        Protected.makeDisk(directory, "web-1.img", 1, DATA_BYTES);
        scratch = Files.createDirectories(directory.resolve("scratch"));
        Map<String, Object> settings = Protected.settings(TestDatabase.H2, directory);
        settings.put("diskvault.restore-tests.scripts", scripts.toString());
        settings.put(ShiftedClock.SETTING, "on");
        server = TestServer.start(settings);
        ok(server.put(
                "/api/v1/resource-groups/vm-disks", "{\"disksRoot\":\"%s\"}".formatted(directory.resolve("disks"))));
        ok(server.put("/api/v1/resource-groups/scratch", "{\"disksRoot\":\"%s\"}".formatted(scratch)));
        ok(server.put(
                "/api/v1/resource-groups/snapshots", "{\"datastore\":\"%s\"}".formatted(directory.resolve("store"))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        // The clock of all tests goes on, and it must not start what another one planned.
        server.delete(vault + "/restore-test-plan");
        try (Stream<Path> left = Files.list(scratch)) {
            assertEquals(List.of(), left.toList());
        }
    }

    /// Protects a disk in the test's vault and backs it up.
    private String protect(String name, Path image) {
        return protect(name, image, "snapshots");
    }

    private String protect(String name, Path image, String snapshots) {
        String disk = vault.substring(vault.lastIndexOf('/') + 1) + "-" + name;
        server.put(vault, "{\"softDelete\":{\"state\":\"Off\"}}");
        server.put(vault + "/backup-policies/gold", """
                {"schedule":{"repeatingTimeIntervals":["R/2090-11-01T00:00:00+00:00/P1D"]},
                 "retention":[{"tag":"Default","duration":"P7D"}]}""");
        ok(server.put(
                "/api/v1/resource-groups/vm-disks/disks/" + disk,
                "{\"source\":\"file:%s\"}".formatted(image.getFileName())));
        ok(server.put(
                instance(name),
                "{\"disk\":\"vm-disks/%s\",\"policy\":\"gold\",\"snapshotResourceGroup\":\"%s\",\"grantMissing\":true}"
                        .formatted(disk, snapshots)));
        return backUp(name);
    }

    private String backUp(String name) {
        Answer accepted = server.post(instance(name) + "/backups", "{}");
        assertEquals(202, accepted.status(), () -> accepted.body().toString());
        return Protected.await(server, accepted.header("location"))
                .get("recoveryPoint")
                .asText();
    }

    private String instance(String name) {
        return vault + "/backup-instances/" + name;
    }

    private static Path disk(String name) {
        return Protected.makeDisk(directory, name, 2, DATA_BYTES);
    }

    private JsonNode test(String name) {
        Answer accepted = server.post(
                instance(name) + "/restore-tests", "{\"scratchResourceGroup\":\"scratch\",\"grantMissing\":true}");
        assertEquals(202, accepted.status(), () -> accepted.body().toString());
        return Protected.await(server, accepted.header("location"));
    }

    private JsonNode evidence(String name) {
        return server.get(instance(name) + "/restore-tests").body().get("items").get(0);
    }

    private Answer plan(String more) {
        return server.put(
                vault + "/restore-test-plan",
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+00:00/P1D\"]},"
                        + "\"scratchResourceGroup\":\"scratch\",\"grantMissing\":true" + more + "}");
    }

    private static void script(String name, String text) throws IOException {
        Path file = Files.writeString(scripts.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aTestOnDemandProvesAPointAndTheEvidenceOutlivesIt() {
        String point = protect("web-1", disk("proven.img"));
        assertTrue(server.get(instance("web-1")).body().get("lastProven").isNull());
        JsonNode job = test("web-1");
        assertEquals("RestoreTest", job.get("operation").asText());
        assertEquals(point, job.get("recoveryPoint").asText());
        // The disk holds noise, in which there is no file system to check.
        assertEquals("CompletedWithWarnings", job.get("status").asText(), job::toString);
        JsonNode found = evidence("web-1");
        assertEquals("Proven", found.get("outcome").asText(), found::toString);
        assertEquals("content", found.at("/checks/0/check").asText());
        assertEquals("Passed", found.at("/checks/0/outcome").asText());
        assertEquals("NotChecked", found.at("/checks/1/outcome").asText());
        assertTrue(found.get("bytesPerSecond").asLong() > 0);
        assertEquals(8L * DATA_BYTES, found.get("logicalBytes").asLong());
        JsonNode proof = server.get(instance("web-1") + "/recovery-points/" + point)
                .body()
                .get("lastProof");
        assertEquals(job.get("id"), proof.get("job"));
        assertEquals(
                point,
                server.get(instance("web-1"))
                        .body()
                        .at("/lastProven/recoveryPoint")
                        .asText());

        assertEquals(204, server.delete(instance("web-1")).status());
        assertEquals("Proven", evidence("web-1").get("outcome").asText());
        assertEquals(
                proof,
                server.get(instance("web-1") + "/recovery-points?state=expired")
                        .body()
                        .at("/items/0/lastProof"));
    }

    @Test
    void aFileSystemThatIsWholePassesAndOneThatIsBrokenDoesNot() throws Exception {
        assumeTrue(Tool.find("mkfs.ext4").isPresent() && Tool.find("e2fsck").isPresent(), "no e2fsprogs");
        Path image = directory.resolve("disks").resolve("ext.img");
        Tool.Ended made = Tool.run(
                List.of(Tool.find("mkfs.ext4").orElseThrow().toString(), "-q", image.toString(), "4M"),
                Map.of(),
                Duration.ofSeconds(30),
                () -> false);
        assertEquals(0, made.status().orElseThrow(), made.output());
        protect("ext", image);
        assertEquals("Completed", test("ext").get("status").asText());
        JsonNode check = evidence("ext").at("/checks/1");
        assertEquals("Passed", check.get("outcome").asText(), check::toString);

        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            // The bitmaps and the inodes; the superblock stays.
            file.write(ByteBuffer.wrap(new byte[1 << 18]), 1 << 13);
        }
        backUp("ext");
        assertEquals("CompletedWithWarnings", test("ext").get("status").asText());
        assertEquals("CheckFailed", evidence("ext").get("outcome").asText());
        assertNotEquals(
                evidence("ext").get("job"),
                server.get(instance("ext")).body().at("/lastProven/job"),
                "a failed check is no proof");
    }

    @Test
    void aDamagedPointFailsWithTheRangesThatAreLost() throws IOException {
        ok(server.put(
                "/api/v1/resource-groups/brittle", "{\"datastore\":\"%s\"}".formatted(directory.resolve("brittle"))));
        protect("broken", disk("broken.img"), "brittle");
        try (Stream<Path> files = Files.walk(directory.resolve("brittle").resolve("packs"))) {
            for (Path pack : files.filter(Files::isRegularFile).toList()) {
                try (FileChannel file = FileChannel.open(pack, StandardOpenOption.WRITE)) {
                    file.write(ByteBuffer.wrap(new byte[512]), file.size() / 3);
                }
            }
        }
        JsonNode job = test("broken");
        assertEquals("Failed", job.get("status").asText());
        assertEquals("UserErrorDatastoreDamaged", job.at("/error/code").asText());
        JsonNode found = evidence("broken");
        assertEquals("NotRestorable", found.get("outcome").asText());
        assertTrue(found.at("/damagedRanges/0/end").asLong() > 0, found::toString);
        assertEquals("UserErrorDatastoreDamaged", found.at("/error/code").asText());
        assertTrue(server.get(instance("broken")).body().get("lastProven").isNull());
    }

    @Test
    void aScriptOfTheServerDecidesToo() throws IOException {
        script("good.sh", "test -r \"$1\" && echo \"$DISKVAULT_INSTANCE\"");
        script("bad.sh", "echo no such table >&2; exit 3");
        protect("app", disk("app.img"));
        ok(plan(",\"checks\":{\"fileSystem\":false,\"script\":\"good.sh\"}"));
        assertEquals("Completed", test("app").get("status").asText());
        assertTrue(evidence("app").at("/checks/1/detail").asText().contains("/app"));
        Answer changed = server.send(
                "PUT",
                vault + "/restore-test-plan",
                "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+00:00/P1D\"]},"
                        + "\"scratchResourceGroup\":\"scratch\",\"checks\":{\"fileSystem\":false,\"script\":\"bad.sh\"}}",
                "If-Match",
                "\"1\"");
        assertEquals(200, changed.status(), () -> changed.body().toString());
        assertEquals("CompletedWithWarnings", test("app").get("status").asText());
        JsonNode check = evidence("app").at("/checks/1");
        assertEquals("Failed", check.get("outcome").asText());
        assertTrue(check.get("detail").asText().contains("no such table"), check::toString);
    }

    @Test
    void aTestThatIsCancelledLeavesNothing() throws IOException {
        Path marker = scripts.resolve("started");
        script("slow.sh", "touch " + marker + "; sleep 600 & wait");
        protect("slow", disk("slow.img"));
        ok(plan(",\"checks\":{\"script\":\"slow.sh\"}"));
        Answer accepted = server.post(instance("slow") + "/restore-tests", "{}");
        while (!Files.exists(marker)) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(
                409,
                server.post(instance("slow") + "/restore-tests", "{}").status(),
                "one test of an instance at a time");
        assertEquals(
                202, server.post(accepted.header("location") + "/cancel", "{}").status());
        assertEquals(
                "Cancelled",
                Protected.await(server, accepted.header("location"))
                        .get("status")
                        .asText());
        assertEquals("NotTested", evidence("slow").get("outcome").asText());
    }

    @Test
    void aPlanTestsOnceForEachSlotHoweverOftenAnybodyLooks() {
        protect("one", disk("one.img"));
        protect("two", disk("two.img"));
        ok(plan(",\"sharePercent\":50,\"recoveryPoint\":\"Random\",\"checks\":{\"fileSystem\":false}"));
        RestoreTestTimer timer = server.part(RestoreTestTimer.class);
        timer.look();
        assertEquals(0, jobs().size(), "slots before the plan are not its own");
        ShiftedClock.advance(Duration.ofDays(1));
        timer.look();
        timer.look();
        assertEquals(1, jobs(1).size());
        JsonNode first = Protected.await(
                server, "/api/v1/backup-jobs/" + jobs().get(0).get("id").asText());
        assertFalse(first.get("slot").isNull());
        assertFalse(first.get("userTriggered").asBoolean());

        JsonNode report = server.get(vault + "/restore-test-report").body().get("items");
        assertEquals(2, report.size());
        assertEquals(
                1,
                Stream.of(report.get(0), report.get(1))
                        .filter(line -> !line.get("lastProof").isNull())
                        .count());
        assertNotEquals(report.at("/0/nextTest"), report.at("/1/nextTest"), "they take turns");

        ShiftedClock.advance(Duration.ofDays(5));
        timer.look();
        timer.look();
        assertEquals(2, jobs(2).size(), "slots that passed together are caught up once");
        Protected.await(server, "/api/v1/backup-jobs/" + jobs().get(0).get("id").asText());
        assertNotEquals(first.get("instance"), jobs().get(0).get("instance"), "it was the other one's turn");
        assertEquals(1, evidence("one").get("planVersion").asLong());
    }

    /// The jobs, when there are so many: what a look starts is seen a moment later.
    private JsonNode jobs(int count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        JsonNode jobs = jobs();
        while (jobs.size() < count && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
            jobs = jobs();
        }
        return jobs;
    }

    private JsonNode jobs() {
        return server.get("/api/v1/backup-jobs?operation=RestoreTest&vault="
                        + vault.substring(vault.lastIndexOf('/') + 1))
                .body()
                .get("items");
    }

    @Test
    void whoHasNoProofForTooLongIsOverdueUntilTheNextOne() {
        protect("late", disk("late.img"));
        String never = "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2090-11-01T02:00:00+00:00/P1W\"]},"
                + "\"scratchResourceGroup\":\"scratch\",\"maxAge\":\"P3D\",\"grantMissing\":true}";
        ok(server.put(vault + "/restore-test-plan", never));
        look();
        assertFalse(overdue("late"));
        ShiftedClock.advance(Duration.ofDays(4));
        look();
        assertTrue(overdue("late"));
        test("late");
        assertFalse(overdue("late"), "a proof ends it");
        ShiftedClock.advance(Duration.ofDays(4));
        look();
        assertTrue(overdue("late"));
        assertEquals(204, server.delete(vault + "/restore-test-plan").status());
        look();
        assertFalse(overdue("late"), "without a plan nothing is expected");
    }

    private static void look() {
        server.part(RestoreTestTimer.class).look();
        server.part(Views.class).catchUp();
    }

    private boolean overdue(String name) {
        return server.get(instance(name)).body().get("proofOverdue").asBoolean();
    }

    @Test
    void aPlanIsMadeReadChangedAndDeleted() {
        server.put(vault, "{}");
        assertEquals(404, server.get(vault + "/restore-test-plan").status());
        Answer made = plan(",\"sharePercent\":25,\"maxAge\":\"P10D\",\"checkTimeLimit\":\"PT2M\"");
        ok(made);
        assertEquals("\"1\"", made.header("etag"));
        assertEquals("P10D", made.body().get("maxAge").asText());
        assertEquals("PT2M", made.body().get("checkTimeLimit").asText());
        assertEquals("Latest", made.body().get("recoveryPoint").asText());
        assertTrue(made.body().at("/checks/content").asBoolean());
        assertEquals(made.body(), server.get(vault + "/restore-test-plan").body());
        refused(428, "UserErrorRestoreTestPlanVersionRequired", plan(",\"sharePercent\":30"));
        assertEquals(409, server.delete(vault).status(), "a vault with a plan holds something");
        assertEquals(204, server.delete(vault + "/restore-test-plan").status());
        refused(404, "UserErrorRestoreTestPlanNotFound", server.delete(vault + "/restore-test-plan"));
        assertEquals(204, server.delete(vault).status());
    }

    @Test
    void whatMakesNoSenseIsRefusedAndChangesNothing() throws IOException {
        server.put(vault, "{}");
        String path = vault + "/restore-test-plan";
        refused(422, "UserErrorInvalidRequest", server.put(path, "{}"));
        refused(422, "UserErrorInvalidRequest", plan(",\"sharePercent\":0"));
        refused(422, "UserErrorInvalidRequest", plan(",\"maxAge\":\"P1M\""));
        refused(422, "UserErrorInvalidRequest", plan(",\"checkTimeLimit\":\"PT0S\""));
        refused(422, "UserErrorInvalidRequest", plan(",\"recoveryPoint\":\"Oldest\""));
        refused(404, "UserErrorRestoreTargetRGNotFound", server.put(path, body("nowhere")));
        refused(422, "UserErrorRestoreTargetRGInvalid", server.put(path, body("snapshots")));
        for (String script : List.of("../good.sh", "missing.sh", "/bin/sh", "a b")) {
            refused(422, "UserErrorRestoreTestScriptInvalid", plan(",\"checks\":{\"script\":\"" + script + "\"}"));
        }
        script("open.sh", "exit 0");
        Files.setPosixFilePermissions(scripts.resolve("open.sh"), PosixFilePermissions.fromString("rwxrwxrwx"));
        refused(422, "UserErrorRestoreTestScriptInvalid", plan(",\"checks\":{\"script\":\"open.sh\"}"));
        assertEquals(404, server.get(path).status());
        refused(404, "UserErrorBackupInstanceNotFound", server.post(instance("nobody") + "/restore-tests", "{}"));
        assertEquals(404, server.get(instance("nobody") + "/restore-tests").status());
        protect("empty", disk("empty.img"));
        refused(422, "UserErrorInvalidRequest", server.post(instance("empty") + "/restore-tests", "{}"));
        refused(
                404,
                "UserErrorDiskSnapshotNotFound",
                server.post(
                        instance("empty") + "/restore-tests",
                        "{\"recoveryPoint\":\"ghost\",\"scratchResourceGroup\":\"scratch\"}"));
        refused(
                409,
                "UserErrorNotEnoughPermissionOnTargetRG",
                server.post(instance("empty") + "/restore-tests", "{\"scratchResourceGroup\":\"scratch\"}"));
    }

    private static String body(String scratch) {
        return "{\"schedule\":{\"repeatingTimeIntervals\":[\"R/2026-11-01T02:00:00+00:00/P1D\"]},\"scratchResourceGroup\":\"%s\"}"
                .formatted(scratch);
    }

    @Test
    void theFilesOfTestsThatAreOverAreSweptAndOthersAreNot() throws IOException {
        protect("swept", disk("swept.img"));
        String job = test("swept").get("id").asText();
        Path left = Files.write(scratch.resolve(".diskvault-restore-test-" + job + "-1-copy"), "left".getBytes(UTF_8));
        Path unfinished = Files.createFile(
                scratch.resolve("..diskvault-restore-test-" + job + "-1-copy.0a.unfinished-diskvault-restore"));
        Path others = Files.createFile(
                scratch.resolve(".diskvault-restore-test-00000000-0000-4000-8000-000000000001-1-copy"));
        Path disk = Files.createFile(scratch.resolve("precious.img"));
        for (int look = 0; look < 15; look++) {
            server.part(RestoreTestTimer.class).look();
        }
        assertFalse(Files.exists(left));
        assertFalse(Files.exists(unfinished));
        Files.delete(others);
        Files.delete(disk);
    }

    private static void ok(Answer answer) {
        assertEquals(201, answer.status(), () -> answer.body().toString());
    }

    private static void refused(int status, String code, Answer answer) {
        assertEquals(status, answer.status(), () -> answer.body().toString());
        assertEquals(code, answer.code());
    }
}
