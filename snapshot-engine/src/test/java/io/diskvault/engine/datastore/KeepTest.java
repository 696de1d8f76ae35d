package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.lease.Leases;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.verify.VerifyOptions;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writing to a recovery point, and keeping what came of it as another one.
class KeepTest {

    private static final long SEED = 20_261_122;

    /// Two levels of nodes above the leaves, holes of whole leaves and of a part of one, and a block that is not whole.
    private static final int SIZE = 200 * CHUNK + 12_345;

    @TempDir
    Path directory;

    private final byte[] content = new byte[SIZE];
    private Workbench bench;
    private RecoveryPoint point;

    @BeforeEach
    void backUp() throws Exception {
        Random random = new Random(SEED);
        for (int block = 0; block < 200; block++) {
            if (block % 3 != 0 && (block < 64 || block >= 128)) {
                byte[] data = new byte[2000];
                random.nextBytes(data);
                System.arraycopy(data, 0, content, block * CHUNK, data.length);
            }
        }
        Arrays.fill(content, SIZE - 7, SIZE, (byte) 'z');
        bench = Workbench.in(directory);
        point = bench.backUp("disk", "1", content).point();
    }

    private Path file() {
        return directory.resolve("overlay");
    }

    private static BackupRequest request(String id) {
        return Workbench.request("disk", id);
    }

    private void write(PointOverlay overlay, int offset, byte[] bytes) throws Exception {
        overlay.write(offset, ByteBuffer.wrap(bytes));
        System.arraycopy(bytes, 0, content, offset, bytes.length);
    }

    private void clear(PointOverlay overlay, int offset, int length) throws Exception {
        overlay.clear(offset, length, false);
        Arrays.fill(content, offset, offset + length, (byte) 0);
    }

    /// What a backup of all of it says of the same disk.
    private RecoveryPoint inFull(byte[] disk) throws Exception {
        Workbench other = Workbench.in(Files.createTempDirectory(directory, "other"));
        return other.backUp("disk", "1", disk).point();
    }

    private void assertKept(RecoveryPoint kept) throws Exception {
        assertArrayEquals(content, bench.restored(kept));
        assertEquals(inFull(content).usedBytes(), kept.usedBytes());
        assertTrue(bench.datastore().verify(VerifyOptions.FULL, Watch.NONE).isClean());
    }

    @Test
    void keepsWhatWasWrittenAsARecoveryPoint() throws Exception {
        byte[] before = content.clone();
        RecoveryPoint kept;
        try (PointDisk disk = bench.datastore().openPoint(point);
                PointOverlay overlay = PointOverlay.create(disk, file())) {
            write(overlay, 5 * CHUNK + 77, new byte[] {1, 2, 3});
            write(overlay, 100 * CHUNK, Workbench.noise(3 * CHUNK, 7));
            write(overlay, SIZE - 3, new byte[] {9, 9, 9});
            clear(overlay, 128 * CHUNK, 64 * CHUNK);
            // Written, and the same as before.
            write(overlay, CHUNK, Arrays.copyOfRange(content, CHUNK, 2 * CHUNK));

            BackupResult result = bench.datastore().keep(request("2"), overlay, Watch.NONE);

            kept = result.point();
            assertFalse(result.adopted());
            assertEquals(overlay.changedBytes(), result.readBytes());
            assertEquals(ChangeDetection.OVERLAY, kept.changeDetection());
            assertEquals(Optional.of(point.id()), kept.parent());
            assertEquals(4L * CHUNK + SIZE % CHUNK, kept.changedBytes());
            assertEquals(
                    kept,
                    bench.datastore().keep(request("2"), overlay, Watch.NONE).point());
        }
        assertKept(kept);
        assertArrayEquals(before, bench.restored(point));
        // What was kept is a recovery point like any other: also the base of the next backup.
        assertEquals(0, bench.backUp("disk", "3", content).point().changedBytes());
        bench.datastore().removeRecoveryPoint("disk", point.id());
        bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
        bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
        assertKept(kept);
    }

    @Test
    void keepsDisksOfAnyKind() throws Exception {
        Random random = new Random(SEED);
        int[] sizes = {1, CHUNK, 63 * CHUNK + 5, 64 * CHUNK, 65 * CHUNK};
        for (int i = 0; i < 2 * sizes.length; i++) {
            int size = sizes[i % sizes.length];
            byte[] disk = i < sizes.length ? new byte[size] : Workbench.noise(size, i);
            RecoveryPoint base = bench.backUp("any" + i, "1", disk).point();
            Path overlayFile = directory.resolve("any" + i);
            try (PointDisk opened = bench.datastore().openPoint(base);
                    PointOverlay overlay = PointOverlay.create(opened, overlayFile)) {
                for (int j = 0; j < 5; j++) {
                    int offset = random.nextInt(disk.length);
                    int length = Math.min(disk.length - offset, random.nextInt(2 * CHUNK) + 1);
                    byte[] bytes = random.nextBoolean() ? new byte[length] : Workbench.noise(length, j);
                    overlay.write(offset, ByteBuffer.wrap(bytes));
                    System.arraycopy(bytes, 0, disk, offset, length);
                }
                if (i == 2 * sizes.length - 1) {
                    overlay.clear(0, disk.length, false);
                    Arrays.fill(disk, (byte) 0);
                }
                RecoveryPoint kept = bench.datastore()
                        .keep(Workbench.request("any" + i, "2"), overlay, Watch.NONE)
                        .point();
                assertArrayEquals(disk, bench.restored(kept), "disk " + i + ", seed " + SEED);
                // Equal disks have equal manifests, however they were made.
                assertEquals(
                        bench.backUp("again" + i, "1", disk).point().manifestRoot(), kept.manifestRoot(), "disk " + i);
            }
        }
    }

    @Test
    void readsNothingButTheChangesAndWhatLeadsThere() throws Exception {
        long size = 8L << 40;
        RecoveryPoint huge = bench.backUp(
                        "huge", "1", new SparseDisk(size, List.of(0L, size / 3 / CHUNK * CHUNK, size - CHUNK), SEED))
                .point();
        List<String> reads = new ArrayList<>();
        Directory counted =
                Interposed.reads(new LocalDirectory(bench.datastore().directory()), (name, position) -> {
                    if (name.startsWith(PackId.DIRECTORY) && position > 0) {
                        reads.add(name + " " + position);
                    }
                });
        Datastore datastore = Datastore.open(
                new Datastore.Place(
                        bench.datastore().directory(), counted, Randomness.secure(), EngineLimits::forMachine),
                bench.key());
        try (PointDisk disk = datastore.openPoint(huge);
                PointOverlay overlay = PointOverlay.create(disk, file())) {
            overlay.write(size / 2, ByteBuffer.wrap(Workbench.noise(CHUNK, 3)));
            reads.clear();

            RecoveryPoint kept = datastore
                    .keep(Workbench.request("huge", "2"), overlay, Watch.NONE)
                    .point();

            // Nodes of the base, and no content of it: once for the way down, once to put the new ones together.
            assertTrue(reads.size() <= 8, reads.toString());
            assertEquals(4L * CHUNK, kept.usedBytes());
            assertEquals(CHUNK, kept.changedBytes());
            try (PointDisk found = datastore.openPoint(kept)) {
                byte[] block = new byte[CHUNK];
                found.read(size / 2, ByteBuffer.wrap(block));
                assertArrayEquals(Workbench.noise(CHUNK, 3), block);
                found.read(size - CHUNK, ByteBuffer.wrap(block));
                assertArrayEquals(SparseDisk.block(size - CHUNK, SEED), block);
            }
        }
    }

    @Test
    void goesOnAfterARestartAndIsThrownAway() throws Exception {
        try (PointDisk disk = bench.datastore().openPoint(point);
                PointOverlay overlay = PointOverlay.create(disk, file())) {
            write(overlay, 10, new byte[] {1});
        }
        RecoveryPoint other = bench.backUp("disk", "2", new byte[SIZE]).point();
        try (PointDisk disk = bench.datastore().openPoint(other)) {
            assertThrows(OverlayUnusableException.class, () -> PointOverlay.open(disk, file()));
        }
        try (PointDisk disk = bench.datastore().openPoint(point)) {
            PointOverlay overlay = PointOverlay.open(disk, file());
            byte[] found = new byte[SIZE];
            overlay.read(0, ByteBuffer.wrap(found));
            assertArrayEquals(content, found);
            overlay.discard();
        }
        assertFalse(Files.exists(file()));
    }

    /// The lease alone holds the base, and that is enough.
    @Test
    void keepsChangesToAPointThatWasRemoved() throws Exception {
        RecoveryPoint kept;
        try (PointDisk disk = bench.datastore().openPoint(point);
                PointOverlay overlay = PointOverlay.create(disk, file())) {
            write(overlay, 3 * CHUNK, new byte[] {1});
            bench.datastore().removeRecoveryPoint("disk", point.id());
            bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
            kept = bench.datastore().keep(request("2"), overlay, Watch.NONE).point();
            assertEquals(ChangeDetection.OVERLAY, kept.changeDetection());
        }
        bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
        bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
        assertKept(kept);
    }

    /// A disk at the end of whose backup something happens.
    private record EmptyDisk(Callable<?> atTheEnd) implements DiskSource {

        @Override
        public long sizeBytes() {
            return CHUNK;
        }

        @Override
        public Optional<Extent> dataFrom(long offset) {
            return Optional.empty();
        }

        @Override
        public void read(ByteBuffer into, long offset) {}

        @Override
        public boolean changedSinceOpened() {
            try {
                atTheEnd.call();
                return false;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {}
    }

    /// What a collection has condemned and not deleted yet cannot be taken over without a look at each place.
    @Test
    void readsEverythingWhilePacksAreCondemned() throws Exception {
        RecoveryPoint old =
                bench.backUp("old", "1", Workbench.noise(40 * CHUNK, 5)).point();
        Directory files = new LocalDirectory(bench.datastore().directory());
        RecoveryPoint kept;
        try (PointDisk disk = bench.datastore().openPoint(point);
                PointOverlay overlay = PointOverlay.create(disk, file())) {
            write(overlay, 3 * CHUNK, new byte[] {1});
            bench.datastore().removeRecoveryPoint("old", old.id());
            // A backup under way: the collection condemns beside it, and leaves the deleting to the next one.
            bench.backUp(
                    "waiting", "1", new EmptyDisk(() -> bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE)));
            kept = bench.datastore().keep(request("2"), overlay, Watch.NONE).point();
            assertEquals(ChangeDetection.FULL_READ, kept.changeDetection());
        }
        bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
        assertKept(kept);
        assertEquals(List.of(), files.list(Leases.DIRECTORY));
    }

    @Test
    void refusesAnOverlayOfAnotherDatastore() throws Exception {
        Workbench other = Workbench.in(Files.createDirectory(directory.resolve("second")));
        RecoveryPoint elsewhere = other.backUp("disk", "1", content).point();
        try (PointDisk disk = other.datastore().openPoint(elsewhere);
                PointOverlay overlay = PointOverlay.create(disk, file())) {
            assertThrows(
                    IllegalArgumentException.class, () -> bench.datastore().keep(request("2"), overlay, Watch.NONE));
        }
    }
}
