package io.diskvault.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.diskvault.app.console.Json;
import io.diskvault.app.testing.Deadline;
import io.diskvault.app.testing.Program;
import io.diskvault.app.testing.RealDisk;
import io.diskvault.app.testing.Rest;
import io.diskvault.app.testing.ServerProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole of it, as its user sees it: the real program in a process of its own, a real file system on a real image,
/// requests over the network, signals.
final class EndToEndTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MIB = 1 << 20;

    /// Takes long enough to be caught in the middle by a kill, which is at once.
    private static final int LARGE = 512 * MIB;

    /// And by a stop, which takes some tenths of a second until it gets to the workers.
    private static final int LARGER = 1024 * MIB;

    @TempDir
    Path temporary;

    private Path disks;
    private Path data;

    @BeforeEach
    void makeDirectories() throws IOException {
        disks = Files.createDirectory(temporary.resolve("disks"));
        data = temporary.resolve("data");
    }

    @Test
    void protectsARealDiskAndGivesEachOfItsStatesBack() throws IOException {
        assumeTrue(
                RealDisk.tool("mke2fs").isPresent() && RealDisk.tool("e2fsck").isPresent(),
                "mke2fs and e2fsck are missing: install e2fsprogs");
        RealDisk disk = RealDisk.make(disks.resolve("web_1.img"), 96 * MIB);
        Path first = disk.copyTo(temporary.resolve("first.img"));
        JsonNode overview;
        Path second;

        try (ServerProgram program = quickstart(disk.image())) {
            overview = program.ready();
            Rest rest = program.rest();
            assertEquals(200, rest.statusWithoutToken("/health"));
            assertEquals(401, rest.statusWithoutToken("/api/v1/backup-vaults"));
            assertEquals(1, onDemand(overview.path("recoveryPoints")).size(), overview.toString());
            assertFalse(Json.text(overview, "nextSlot").isEmpty(), overview.toString());
            assertEquals("disks/web-1", Json.text(overview, "disk"));

            disk.change(2);
            second = disk.copyTo(temporary.resolve("second.img"));
            rest.completed(instance(overview) + "/backups", "{}");
            disk.change(3);

            ArrayNode points =
                    onDemand(rest.get(instance(overview) + "/recovery-points").path("items"));
            assertEquals(2, points.size(), points.toString());
            assertTrue(
                    points.at("/0/changedBytes").asLong()
                            < points.at("/1/changedBytes").asLong(),
                    points.toString());
            restore(rest, overview, Json.text(points, "1/id"), "first-again", first);
            restore(rest, overview, Json.text(points, "0/id"), "second-again", second);
            program.stop();
        }
        findsEverythingAtTheNextStart(disk, overview);
    }

    private void findsEverythingAtTheNextStart(RealDisk disk, JsonNode before) throws IOException {
        try (ServerProgram program = quickstart(disk.image())) {
            JsonNode overview = program.ready();

            assertEquals(2, onDemand(overview.path("recoveryPoints")).size(), overview.toString());
            assertEquals(instance(before), instance(overview));
            assertTrue(overview.path("administratorToken").isNull());
            assertEquals(2, backupJobs(program.rest(), overview).size(), "a second start makes no backup of its own");
            program.stop();
        }
    }

    @Test
    void protectsDisksOfSeveralDirectories() throws IOException {
        Path other = Files.createDirectories(temporary.resolve("other/disks"));
        Path one = randomDisk(disks.resolve("disk.img"), MIB);
        Path two = randomDisk(other.resolve("disk.img"), MIB);
        // The data directory may lie beside the disk.
        data = disks.resolve("diskvault-data");

        JsonNode first;
        try (ServerProgram program = quickstart(one)) {
            first = program.ready();
            program.stop();
        }
        try (ServerProgram program = quickstart(two)) {
            JsonNode overview = program.ready();
            assertEquals("disks-2/disk", Json.text(overview, "disk"));
            assertEquals("disk-2", Json.text(overview, "instance"));

            // The first one stays allowed and protected, although this start did not name it.
            program.rest().completed(instance(first) + "/backups", "{}");
            program.stop();
        }
    }

    @Test
    void finishesTheBackupThatAKilledServerLeftBehind() throws IOException {
        Path disk = randomDisk(disks.resolve("large.img"), LARGE);
        try (ServerProgram killed = quickstart(disk)) {
            assertInTheMiddleOfTheFirstBackup(killed);
            killed.kill();
        }
        restoresWithoutTheServer(disk, finishesTheFirstBackup(disk));
    }

    @Test
    void finishesTheBackupThatAStopInterrupted() throws IOException {
        Path disk = randomDisk(disks.resolve("large.img"), LARGER);
        try (ServerProgram stopped = quickstart(disk)) {
            assertInTheMiddleOfTheFirstBackup(stopped);
            stopped.stop();
        }
        finishesTheFirstBackup(disk);
    }

    private static void assertInTheMiddleOfTheFirstBackup(ServerProgram program) {
        JsonNode job = Deadline.within(PATIENCE, "a backup that has read something", () -> firstJob(program.rest()));
        assertEquals("InProgress", Json.text(job, "status"), "the disk is too small to be caught: " + job);
    }

    /// The job that was cut off ends by itself, exactly one recovery point comes of it, and that one restores.
    private String finishesTheFirstBackup(Path disk) throws IOException {
        try (ServerProgram program = quickstart(disk)) {
            JsonNode overview = program.ready();
            ArrayNode points = onDemand(overview.path("recoveryPoints"));
            assertEquals(1, points.size(), overview.toString());
            ArrayNode jobs = backupJobs(program.rest(), overview);
            assertEquals(1, jobs.size(), jobs.toString());
            assertEquals("Completed", Json.text(jobs, "0/status"), jobs.toString());
            assertTrue(jobs.at("/0/attempt").asInt() >= 2, jobs.toString());

            restore(program.rest(), overview, Json.text(points, "0/id"), "large-again", disk);
            program.stop();
            return Json.text(points, "0/id");
        }
    }

    /// The engine alone sees exactly that recovery point too, and gives it back.
    private void restoresWithoutTheServer(Path disk, String point) throws IOException {
        JsonNode listed = datastore("points", "--json").json().path("items");
        ArrayNode items = where(listed, item -> Json.text(item, "id").equals(point));
        assertEquals(1, items.size(), listed.toString());

        String target = temporary.resolve("without-server.img").toString();
        datastore("restore", "--name", Json.text(items, "0/disk"), "--point", point, "--to", target);
        assertEquals(-1, Files.mismatch(disk, Path.of(target)));
    }

    private Program.Run datastore(String command, String... more) {
        String directory = data.resolve("datastore").toString();
        String key = data.resolve("datastore.key").toString();
        Program.Run run = new Program()
                .run(Stream.concat(Stream.of("datastore", command, directory, "--key-file", key), Stream.of(more))
                        .toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        return run;
    }

    /// The newest job, as soon as it has done something.
    private static Optional<JsonNode> firstJob(Rest rest) {
        return rest.tryGet("/backup-jobs")
                .map(jobs -> jobs.at("/items/0"))
                .filter(job -> !Json.text(job, "status").equals("Queued") && !job.isMissingNode())
                .filter(job -> job.at("/progress/doneBytes").asLong() > 0
                        || !Json.text(job, "endTime").isEmpty());
    }

    /// Backups that somebody asked for.
    private static ArrayNode backupJobs(Rest rest, JsonNode overview) {
        return where(
                rest.get("/backup-jobs?operation=Backup&instance=" + Json.text(overview, "instance"))
                        .path("items"),
                job -> job.path("userTriggered").asBoolean());
    }

    /// Without those of the schedule: a test that runs over the full hour sees one of them.
    private static ArrayNode onDemand(JsonNode points) {
        return where(points, point -> Json.text(point, "kind").equals("OnDemand"));
    }

    private static ArrayNode where(JsonNode items, Predicate<JsonNode> wanted) {
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> {
            if (wanted.test(item)) found.add(item);
        });
        return found;
    }

    private void restore(Rest rest, JsonNode overview, String point, String name, Path expected) throws IOException {
        String group = Json.text(overview, "disk").split("/", -1)[0];
        rest.completed(
                instance(overview) + "/restores",
                "{\"recoveryPoint\":\"%s\",\"target\":{\"resourceGroup\":\"%s\",\"diskName\":\"%s\"}}"
                        .formatted(point, group, name));
        String source = Json.text(rest.get("/resource-groups/" + group + "/disks/" + name), "source");
        Path restored = disks.resolve(source.substring("file:".length()));
        assertEquals(-1, Files.mismatch(expected, restored), "restored byte for byte");
        if (expected.getFileName().toString().matches("(first|second)[.]img")) RealDisk.assertSound(restored);
    }

    private ServerProgram quickstart(Path disk) throws IOException {
        return ServerProgram.start(temporary, "quickstart", disk.toString(), "--data", data.toString());
    }

    private static String instance(JsonNode overview) {
        return "/backup-vaults/" + Json.text(overview, "vault") + "/backup-instances/"
                + Json.text(overview, "instance");
    }

    private static Path randomDisk(Path image, int bytes) throws IOException {
        byte[] content = new byte[MIB];
        Random random = new Random(bytes);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            for (int written = 0; written < bytes; written += MIB) {
                random.nextBytes(content);
                file.write(content);
            }
        }
        return image;
    }
}
