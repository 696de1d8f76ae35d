package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.verify.VerifyOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Fills real file systems. Needs root and the right to mount; where there is none, each test is skipped and says so.
class FullFileSystemTest {

    private static final int MIB = 1 << 20;
    private static final int SIZE = 24 * MIB;
    private static final int DISK = 5 * MIB;

    /// Enough for the lease and the epoch of a collection, and not for an index fragment.
    private static final int LEFT = 12 << 10;

    /// What is filled.
    enum Kind {
        TMPFS,
        EXT4
    }

    @TempDir
    Path directory;

    private final List<Path> mounted = new ArrayList<>();

    private Path mount(Kind kind) throws Exception {
        Path place = Files.createDirectory(directory.resolve("mounted"));
        switch (kind) {
            case TMPFS -> assume(kind, run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", place.toString()));
            case EXT4 -> {
                Path image = directory.resolve("image");
                Files.write(image, new byte[SIZE]);
                assume(kind, run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString()));
                assume(kind, run("mount", "-o", "loop", image.toString(), place.toString()));
            }
        }
        mounted.add(place);
        return place;
    }

    private static void assume(Kind kind, boolean possible) {
        assumeTrue(possible, kind + " cannot be mounted here, so a full one is not tried. That needs root and mount");
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean done = process.waitFor() == 0;
            if (!done) {
                System.out.println(String.join(" ", command) + ": " + output.strip());
            }
            return done;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void unmount() throws Exception {
        for (Path place : mounted) {
            // Lazily, because mapped index fragments keep the file system busy until they are garbage-collected.
            assertTrue(run("umount", "--lazy", place.toString()), () -> place + " is still mounted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBackupThatFindsNoRoomHarmsNothingAndSucceedsWhenThereIsRoom(Kind kind) throws Exception {
        Path place = mount(kind);
        Path ballast = Files.write(place.resolve("ballast"), noise(8 * MIB, 0));
        KeyFile key = KeyFile.create(directory.resolve("key"));
        Workbench bench =
                new Workbench(directory, key, Datastore.create(place.resolve("store"), ChunkSize.DEFAULT, key));
        int full = fillUp(bench);
        assertTrue(full >= 2, "The file system was full before there was anything to lose.");

        checkPoints(bench, 0, full - 1);
        assertEquals(List.of(), unfinished(place), "The failed backup left unfinished files.");
        IOException again = assertThrows(IOException.class, () -> backUp(bench, full));
        assertEquals("No space left on device", again.getMessage());

        Files.delete(ballast);
        backUp(bench, full);

        checkPoints(bench, 0, full);
    }

    /// Nothing is taken away from outside: what a recovery point had, a collection gives back to a full disk.
    @ParameterizedTest
    @EnumSource
    void removingARecoveryPointAndCollectingMakesRoomOnAFullDisk(Kind kind) throws Exception {
        Path place = mount(kind);
        KeyFile key = KeyFile.create(directory.resolve("key"));
        Workbench bench =
                new Workbench(directory, key, Datastore.create(place.resolve("store"), ChunkSize.DEFAULT, key));
        int full = fillUp(bench);
        assertTrue(full >= 3, "The file system was full before there was anything to lose.");
        fillUpWithBallast(place);
        IOException failure = assertThrows(IOException.class, () -> backUp(bench, full));
        assertEquals("No space left on device", failure.getMessage());

        // More than the next needs, because the file system has blocks of its own to write.
        bench.datastore().removeRecoveryPoint("disk0", new RecoveryPointId("0"));
        bench.datastore().removeRecoveryPoint("disk1", new RecoveryPointId("1"));
        CollectResult result = bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);

        assertTrue(result.freedBytes() > 2 * DISK, result.toString());
        backUp(bench, full);
        checkPoints(bench, 2, full);
        assertEquals(List.of(), unfinished(place));
        assertTrue(bench.datastore().verify(VerifyOptions.FULL, Watch.NONE).isClean());
    }

    /// Leaves room for a few small files.
    private static void fillUpWithBallast(Path place) throws IOException {
        long left = Files.getFileStore(place).getUsableSpace() - LEFT;
        Files.write(place.resolve("ballast"), noise((int) Math.max(0, left), 0));
    }

    @ParameterizedTest
    @EnumSource
    void aRestoreThatFindsNoRoomLeavesNothing(Kind kind) throws Exception {
        Path place = mount(kind);
        Files.write(place.resolve("ballast"), noise(SIZE - 6 * MIB, 0));
        Workbench bench = Workbench.in(directory);
        RecoveryPoint point = bench.backUp("disk", "0", noise(8 * MIB, 1)).point();
        Path target = place.resolve("disk.img");

        IOException failure = assertThrows(
                IOException.class, () -> bench.datastore().restore(point, target, RestoreOptions.NEW_FILE, Watch.NONE));

        assertEquals("No space left on device", failure.getMessage());
        try (Stream<Path> left = Files.list(place)) {
            assertEquals(
                    List.of("ballast"),
                    left.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("lost+found"))
                            .toList());
        }
        Files.delete(place.resolve("ballast"));
        bench.datastore().restore(point, target, RestoreOptions.NEW_FILE, Watch.NONE);
        assertArrayEquals(noise(8 * MIB, 1), Files.readAllBytes(target));
    }

    /// Backs up disks until there is no room for one more. Answers how many there were.
    private static int fillUp(Workbench bench) throws Exception {
        for (int number = 0; ; number++) {
            try {
                backUp(bench, number);
            } catch (IOException e) {
                assertEquals("No space left on device", e.getMessage());
                return number;
            }
        }
    }

    private static void backUp(Workbench bench, int number) throws Exception {
        bench.datastore()
                .backUp(Workbench.request("disk" + number, "" + number), new FakeDisk(noise(DISK, number)), Watch.NONE);
    }

    private static void checkPoints(Workbench bench, int first, int last) throws Exception {
        List<RecoveryPoint> points = bench.datastore().recoveryPoints();
        assertEquals(last - first + 1, points.size());
        for (RecoveryPoint point : points) {
            assertArrayEquals(
                    noise(DISK, Integer.parseInt(point.id().value())), bench.restored(point), "point " + point.id());
        }
    }

    private static List<Path> unfinished(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(place.resolve("store"))) {
            return files.filter(file -> file.getFileName().toString().contains(".unfinished"))
                    .toList();
        }
    }
}
