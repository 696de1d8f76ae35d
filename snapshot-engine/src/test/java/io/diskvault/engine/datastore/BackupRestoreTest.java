package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.FakeDisk;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupRestoreTest {

    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = Workbench.in(directory);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 65_535, 65_536, 65_537, 200_000, 64 * 65_536, 64 * 65_536 + 1, 9_000_001})
    void givesBackDisksOfAnySize(int size) throws Exception {
        byte[] content = noise(size, size);

        RecoveryPoint point = bench.backUp("disk", "1", content).point();

        assertArrayEquals(content, bench.restored(point));
        assertEquals(size, point.logicalBytes());
        assertEquals(size, point.usedBytes());
        assertEquals(size, point.changedBytes());
    }

    @Test
    void keepsHolesAndReadsNone() throws Exception {
        byte[] content = new byte[40 * CHUNK];
        System.arraycopy(noise(5000, 1), 0, content, 17 * CHUNK + 8192, 5000);
        FakeDisk disk = new FakeDisk(content);

        BackupResult result = bench.backUp("disk", "1", disk);

        assertEquals(8192, result.readBytes());
        assertEquals(8192, disk.readBytes());
        assertEquals(CHUNK, result.point().usedBytes());
        assertArrayEquals(content, bench.restored(result.point()));
        long blocks = (long) Files.getAttribute(directory.resolve("restored"), "unix:size");
        assertEquals(content.length, blocks);
        try (DiskSource restored = DiskSource.open(directory.resolve("restored"))) {
            assertEquals(17L * CHUNK, restored.dataFrom(0).orElseThrow().offset());
            assertEquals(CHUNK, restored.dataFrom(0).orElseThrow().length());
            assertEquals(Optional.empty(), restored.dataFrom(18L * CHUNK));
        }
    }

    @Test
    void storesNothingForADiskOfZeros() throws Exception {
        RecoveryPoint point = bench.backUp("disk", "1", new byte[3 * CHUNK + 7]).point();

        assertEquals(0, point.storedBytes());
        assertEquals(Optional.empty(), point.manifestRoot());
        assertArrayEquals(new byte[3 * CHUNK + 7], bench.restored(point));
    }

    @Test
    void leavesOutZeroBlocksThatAreWrittenOut() throws Exception {
        Path image = directory.resolve("disk.img");
        byte[] content = new byte[10 * CHUNK];
        System.arraycopy(noise(CHUNK, 2), 0, content, 4 * CHUNK, CHUNK);
        Files.write(image, content);

        try (DiskSource source = DiskSource.open(image)) {
            BackupResult result = bench.backUp("disk", "1", source);

            assertEquals(10L * CHUNK, result.readBytes());
            assertEquals(CHUNK, result.point().usedBytes());
            assertArrayEquals(content, bench.restored(result.point()));
        }
    }

    @Test
    void storesNothingNewForAnUnchangedDisk() throws Exception {
        byte[] content = noise(5_000_000, 3);
        RecoveryPoint first = bench.backUp("disk", "1", content).point();
        Set<Path> before = files();

        BackupResult second = bench.backUp("disk", "2", content);

        assertEquals(0, second.point().storedBytes());
        assertEquals(0, second.point().changedBytes());
        assertEquals(Optional.of(first.id()), second.point().parent());
        assertEquals(content.length, second.readBytes());
        Set<Path> added = files();
        added.removeAll(before);
        assertEquals(
                List.of("2.point"),
                added.stream().map(file -> file.getFileName().toString()).toList());
    }

    @Test
    void writesFewNodesForFewChangedBlocks() throws Exception {
        byte[] content = noise(64 * 64 * CHUNK / 16, 4);
        bench.backUp("disk", "1", content);
        content[3 * CHUNK] ^= 1;

        RecoveryPoint point = bench.backUp("disk", "2", content).point();

        assertEquals(CHUNK, point.changedBytes());
        // One chunk, one leaf and one root, each at most 2 KiB, and the files around them.
        assertTrue(point.storedBytes() < CHUNK + 3 * 4096 + 2 * 4096, "stored " + point.storedBytes());
        assertArrayEquals(content, bench.restored(point));
    }

    @Test
    void followsADiskThatGrowsAndShrinks() throws Exception {
        byte[] content = noise(70 * CHUNK + 100, 5);
        int[] sizes = {70 * CHUNK + 100, 200 * CHUNK, 70 * CHUNK, 65 * CHUNK + 1, 3 * CHUNK + 5, 1, 140 * CHUNK + 9};
        RecoveryPoint[] points = new RecoveryPoint[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            points[i] = bench.backUp("disk", "" + i, resized(content, sizes[i])).point();
        }

        for (int i = 0; i < sizes.length; i++) {
            assertArrayEquals(resized(content, sizes[i]), bench.restored(points[i]), "size " + sizes[i]);
        }
    }

    private static byte[] resized(byte[] content, int size) {
        return Arrays.copyOf(content, size);
    }

    @Test
    void storesEqualDisksOnce() throws Exception {
        byte[] content = noise(3_000_000, 6);
        bench.backUp("web-1", "1", content);

        RecoveryPoint clone = bench.backUp("web-2", "1", content).point();

        assertEquals(0, clone.storedBytes());
        assertEquals(Optional.empty(), clone.parent());
        assertEquals(content.length, clone.changedBytes());
        assertArrayEquals(content, bench.restored(clone));
    }

    @Test
    void startsWithoutABaseWhenThePhysicalDiskIsAnother() throws Exception {
        byte[] content = noise(100_000, 7);
        bench.backUp("disk", "1", content);
        BackupRequest other = new BackupRequest("disk", new RecoveryPointId("2"), Workbench.NOON, "source-2");

        RecoveryPoint point = bench.datastore()
                .backUp(other, new FakeDisk(content), Watch.NONE)
                .point();

        assertEquals(Optional.empty(), point.parent());
        assertEquals(0, point.storedBytes());
    }

    @Test
    void storesABlockThatRepeatsOnce() throws Exception {
        byte[] block = noise(CHUNK, 8);
        byte[] content = new byte[100 * CHUNK];
        for (int i = 0; i < 100; i++) {
            System.arraycopy(block, 0, content, i * CHUNK, CHUNK);
        }

        RecoveryPoint point = bench.backUp("disk", "1", content).point();

        assertTrue(point.storedBytes() < 2L * CHUNK, "stored " + point.storedBytes());
        assertArrayEquals(content, bench.restored(point));
    }

    @Test
    void adoptsARecoveryPointThatAnEarlierAttemptMade() throws Exception {
        byte[] content = noise(100_000, 9);
        BackupResult first = bench.backUp("disk", "1", content);
        FakeDisk disk = new FakeDisk(content);

        BackupResult second = bench.backUp("disk", "1", disk);

        assertFalse(first.adopted());
        assertTrue(second.adopted());
        assertEquals(first.point(), second.point());
        assertEquals(0, disk.readBytes());
    }

    @Test
    void saysWhenTheDiskWasWrittenToMeanwhile() throws Exception {
        FakeDisk disk = new FakeDisk(noise(1000, 10));
        disk.touch();

        assertTrue(bench.backUp("disk", "1", disk).point().sourceChangedWhileRead());
        assertFalse(bench.backUp("disk", "2", noise(1000, 10)).point().sourceChangedWhileRead());
    }

    @Test
    void findsEverythingAgainAfterOpening() throws Exception {
        byte[] content = noise(300_000, 11);
        RecoveryPoint point = bench.backUp("disk", "1", content).point();

        Datastore again = Datastore.open(directory.resolve("store"), KeyFile.read(directory.resolve("key")));

        assertEquals(bench.datastore().id(), again.id());
        assertEquals(List.of(point), again.recoveryPoints());
        assertArrayEquals(content, new Workbench(directory, bench.key(), again).restored(point));
        assertEquals(
                0,
                new Workbench(directory, bench.key(), again)
                        .backUp("disk", "2", content)
                        .point()
                        .storedBytes());
    }

    @Test
    void backsUpASparseFileOfATebibyteAtOnce() throws Exception {
        Path image = directory.resolve("large.img");
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise(100, 12)), (1L << 40) - 100);
            channel.write(ByteBuffer.wrap(noise(100, 13)), 1L << 39);
        }
        try (DiskSource source = DiskSource.open(image)) {
            BackupResult result = bench.backUp("disk", "1", source);

            assertEquals(1L << 40, result.point().logicalBytes());
            assertTrue(result.readBytes() <= 2L * CHUNK);
            Path target = directory.resolve("restored");
            bench.datastore().restore(result.point(), target, RestoreOptions.NEW_FILE, Watch.NONE);
            try (FileChannel restored = FileChannel.open(target)) {
                ByteBuffer end = ByteBuffer.allocate(100);
                restored.read(end, (1L << 40) - 100);
                assertArrayEquals(noise(100, 12), end.array());
                assertEquals(1L << 40, restored.size());
            }
        }
    }

    private Set<Path> files() throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("store"))) {
            return new HashSet<>(files.filter(Files::isRegularFile).toList());
        }
    }
}
