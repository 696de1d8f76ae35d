package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.lease.Leases;
import io.diskvault.engine.pack.PackEntry;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PointDiskTest {

    private static final long SEED = 20_261_121;

    /// Three leaves with a root; data, holes and a last block that is not whole.
    private static final byte[] CONTENT = content();

    @TempDir
    Path directory;

    private Workbench bench;
    private RecoveryPoint point;

    private static byte[] content() {
        byte[] content = new byte[150 * CHUNK + 12_345];
        Random random = new Random(SEED);
        for (int block = 0; block < 151; block++) {
            // One hole of a whole leaf, and every third block elsewhere.
            if (block % 3 != 0 && (block < 64 || block >= 128)) {
                int length = Math.min(CHUNK, content.length - block * CHUNK);
                byte[] data = new byte[random.nextInt(1, length)];
                random.nextBytes(data);
                System.arraycopy(data, 0, content, block * CHUNK, data.length);
            }
        }
        Arrays.fill(content, content.length - 7, content.length, (byte) 'z');
        return content;
    }

    @BeforeEach
    void backUp() throws Exception {
        bench = Workbench.in(directory);
        point = bench.backUp("disk", "1", CONTENT).point();
    }

    private static byte[] read(PointDisk disk, long offset, int length) throws Exception {
        byte[] bytes = new byte[length];
        disk.read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private static void readAnywhere(PointDisk disk, Random random, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            int offset = random.nextInt(CONTENT.length);
            int longest = Math.min(random.nextBoolean() ? 5000 : 5 * CHUNK, CONTENT.length - offset);
            int length = random.nextInt(longest + 1);
            ByteBuffer buffer =
                    random.nextBoolean() ? ByteBuffer.allocate(length + 9) : ByteBuffer.allocateDirect(length + 9);
            // What was in the buffer before must not shine through.
            for (int at = 0; at < buffer.capacity(); at++) {
                buffer.put(at, (byte) 0x55);
            }
            buffer.position(4).limit(4 + length);
            disk.read(offset, buffer);
            assertEquals(0, buffer.remaining());
            byte[] found = new byte[length + 9];
            buffer.get(0, found, 0, 4 + length);
            byte[] expected = new byte[length + 9];
            Arrays.fill(expected, 0, 4, (byte) 0x55);
            System.arraycopy(CONTENT, offset, expected, 4, length);
            assertArrayEquals(expected, found, length + " bytes at " + offset + ", seed " + SEED);
        }
    }

    @Test
    void readsWhatWasBackedUpAnywhere() throws Exception {
        try (PointDisk disk = bench.datastore().openPoint(point)) {
            assertEquals(CONTENT.length, disk.size());
            readAnywhere(disk, new Random(SEED), 2000);
            assertArrayEquals(CONTENT, read(disk, 0, CONTENT.length));
        }
    }

    @Test
    void readsForManyThreads() throws Exception {
        try (PointDisk disk = bench.datastore().openPoint(point);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                long seed = SEED + i;
                readers.add(threads.submit(() -> {
                    readAnywhere(disk, new Random(seed), 150);
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    @Test
    void refusesWhatIsNotInTheDisk() throws Exception {
        try (PointDisk disk = bench.datastore().openPoint(point)) {
            assertArrayEquals(new byte[0], read(disk, CONTENT.length, 0));
            assertEquals('z', read(disk, CONTENT.length - 1, 1)[0]);
            assertThrows(IllegalArgumentException.class, () -> read(disk, CONTENT.length, 1));
            assertThrows(IllegalArgumentException.class, () -> read(disk, -1, 1));
            assertThrows(IllegalArgumentException.class, () -> read(disk, Long.MAX_VALUE, 1));
            assertThrows(IllegalArgumentException.class, () -> disk.dataIn(0, CONTENT.length + 1));
        }
    }

    @Test
    void tellsDataFromHolesInAnyRange() throws Exception {
        Random random = new Random(SEED);
        try (PointDisk disk = bench.datastore().openPoint(point)) {
            for (int i = 0; i < 2000; i++) {
                int from = random.nextInt(CONTENT.length + 1);
                int to = random.nextInt(from, CONTENT.length + 1);
                assertEquals(dataIn(from, to), disk.dataIn(from, to), from + " to " + to + ", seed " + SEED);
            }
            assertEquals(Optional.empty(), disk.dataIn(64L * CHUNK, 128L * CHUNK));
        }
    }

    private static Optional<Extent> dataIn(int from, int to) {
        int start = from;
        while (start < to && !hasData(start / CHUNK)) {
            start = (start / CHUNK + 1) * CHUNK;
        }
        int end = start;
        while (end < to && hasData(end / CHUNK)) {
            end = (end / CHUNK + 1) * CHUNK;
        }
        return start >= to ? Optional.empty() : Optional.of(new Extent(start, Math.min(end, to) - start));
    }

    private static boolean hasData(int block) {
        for (int at = block * CHUNK; at < Math.min((block + 1) * CHUNK, CONTENT.length); at++) {
            if (CONTENT[at] != 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void readsADiskOfZerosAndAnEmptyOne() throws Exception {
        RecoveryPoint zeros =
                bench.backUp("zeros", "1", new byte[3 * CHUNK + 7]).point();
        try (PointDisk disk = bench.datastore().openPoint(zeros)) {
            assertArrayEquals(new byte[3 * CHUNK + 7], read(disk, 0, 3 * CHUNK + 7));
            assertEquals(Optional.empty(), disk.dataIn(0, disk.size()));
        }
        RecoveryPoint empty = bench.backUp("empty", "1", new byte[0]).point();
        try (PointDisk disk = bench.datastore().openPoint(empty)) {
            assertArrayEquals(new byte[0], read(disk, 0, 0));
            assertEquals(Optional.empty(), disk.dataIn(0, 0));
        }
    }

    @Test
    void saysWhatIsDamagedAndReadsTheRest() throws Exception {
        PackEntry broken = breakAChunk(PackKind.CONTENT);
        int unreadable = 0;
        try (PointDisk disk = bench.datastore().openPoint(point)) {
            for (int block = 0; block < 150; block++) {
                int start = block * CHUNK;
                try {
                    assertArrayEquals(Arrays.copyOfRange(CONTENT, start + 1, start + 9), read(disk, start + 1, 8));
                    assertArrayEquals(Arrays.copyOfRange(CONTENT, start, start + CHUNK), read(disk, start, CHUNK));
                } catch (CorruptDatastoreException e) {
                    unreadable++;
                    assertTrue(
                            e.getMessage()
                                    .contains("Recovery point 1 of disk, bytes " + start + " to " + (start + CHUNK)),
                            e.getMessage());
                    assertTrue(e.getMessage().contains("diskvault datastore verify"), e.getMessage());
                    assertThrows(CorruptDatastoreException.class, () -> read(disk, start, CHUNK));
                }
            }
        }
        assertEquals(1, unreadable, broken.toString());
    }

    @Test
    void saysWhenAPartOfTheManifestIsDamaged() throws Exception {
        breakAChunk(PackKind.MANIFEST);

        try (PointDisk disk = bench.datastore().openPoint(point)) {
            assertThrows(CorruptDatastoreException.class, () -> read(disk, 0, CONTENT.length));
            assertThrows(CorruptDatastoreException.class, () -> {
                for (Optional<Extent> data = disk.dataIn(0, disk.size());
                        data.isPresent();
                        data = disk.dataIn(data.get().end(), disk.size())) {}
            });
        }
    }

    /// Flips a bit in the second chunk of the pack of a kind.
    private PackEntry breakAChunk(PackKind kind) throws Exception {
        Path store = bench.datastore().directory();
        Directory files = new LocalDirectory(store);
        for (String inner : files.list("packs")) {
            for (String name : files.list("packs/" + inner)) {
                PackId pack = PackId.ofFileName(name).orElseThrow();
                if (PackTable.kind(files, pack) == kind) {
                    PackEntry entry = PackTable.read(files, pack).get(1);
                    try (RandomAccessFile file =
                            new RandomAccessFile(store.resolve(pack.file()).toFile(), "rw")) {
                        file.seek(entry.place().offset() + 5);
                        int was = file.read();
                        file.seek(entry.place().offset() + 5);
                        file.write(was ^ 1);
                    }
                    return entry;
                }
            }
        }
        throw new AssertionError("no pack of kind " + kind);
    }

    @Test
    void holdsALeaseUntilItIsClosed() throws Exception {
        Directory files = new LocalDirectory(bench.datastore().directory());
        PointDisk disk = bench.datastore().openPoint(point);
        assertEquals(1, files.list(Leases.DIRECTORY).size());
        read(disk, 0, 100);

        disk.close();
        disk.close();

        assertEquals(List.of(), files.list(Leases.DIRECTORY));
        assertThrows(IOException.class, () -> read(disk, 0, 1));
    }

    @Test
    void refusesAPointThatWasRemoved() throws Exception {
        bench.datastore().removeRecoveryPoint("disk", point.id());

        assertThrows(PointNotFoundException.class, () -> bench.datastore().openPoint(point));
        assertEquals(List.of(), new LocalDirectory(bench.datastore().directory()).list(Leases.DIRECTORY));
    }

    /// Everything about a collection beside an open point: what it read before, what it did not, and the end.
    @Test
    void aCollectionTakesNothingOfAnOpenPoint(@TempDir Path other) throws Exception {
        CollectBench collected = CollectBench.in(other);
        collected.backUp("disk", "1", CollectBench.OLD);
        RecoveryPoint half = collected.backUp("disk", "2", CollectBench.half()).point();
        try (PointDisk disk = collected.datastore().openPoint(half)) {
            read(disk, 0, CHUNK);
            collected.remove("1");
            collected.remove("2");
            assertTrue(collected.collect().rewrittenPacks() > 0);
            collected.collect();

            assertArrayEquals(CollectBench.half(), read(disk, 0, CollectBench.OLD.length));
        }
        collected.collect();
        collected.collect();
        assertEquals(List.of(), collected.packFiles());
    }

    @Test
    void opensAHugeDiskWithoutReadingAnyOfIt(@TempDir Path other) throws Exception {
        long size = 8L << 40;
        List<Long> places = List.of(0L, size / 3 / CHUNK * CHUNK, size - CHUNK);
        Workbench huge = Workbench.in(other);
        RecoveryPoint made =
                huge.backUp("huge", "1", new SparseDisk(size, places, SEED)).point();
        List<String> packReads = new ArrayList<>();
        Directory counted = Interposed.reads(new LocalDirectory(huge.datastore().directory()), (file, position) -> {
            if (file.startsWith(PackId.DIRECTORY) && position > 0) {
                packReads.add(file + " " + position);
            }
        });
        Datastore datastore = Datastore.open(
                new Datastore.Place(
                        huge.datastore().directory(), counted, Randomness.secure(), EngineLimits::forMachine),
                huge.key());

        try (PointDisk disk = datastore.openPoint(made)) {
            assertEquals(List.of(), packReads);
            assertArrayEquals(SparseDisk.block(places.get(1), SEED), read(disk, places.get(1), CHUNK));
            // Four levels of nodes above the leaf, the leaf, and the chunk.
            assertEquals(6, packReads.size(), packReads.toString());
            assertArrayEquals(new byte[4096], read(disk, places.get(1) + CHUNK, 4096));
            assertEquals(6, packReads.size(), packReads.toString());
            List<Extent> data = new ArrayList<>();
            for (Optional<Extent> next = disk.dataIn(0, size);
                    next.isPresent();
                    next = disk.dataIn(next.get().end(), size)) {
                data.add(next.get());
            }
            assertEquals(places.stream().map(place -> new Extent(place, CHUNK)).toList(), data);
            // At most the four nodes on the way to each of the two other leaves, and these.
            assertTrue(packReads.size() <= 6 + 2 * 4, packReads.toString());
            assertArrayEquals(SparseDisk.block(places.get(2), SEED), read(disk, places.get(2), CHUNK));
        }
    }

    @Test
    void readsAChunkOnceForThoseWhoReadALittleAtATime() throws Exception {
        List<String> packReads = new ArrayList<>();
        Directory counted =
                Interposed.reads(new LocalDirectory(bench.datastore().directory()), (file, position) -> {
                    if (file.startsWith(PackId.DIRECTORY) && position > 0) {
                        packReads.add(file + " " + position);
                    }
                });
        Datastore datastore = Datastore.open(
                new Datastore.Place(
                        bench.datastore().directory(), counted, Randomness.secure(), EngineLimits::forMachine),
                bench.key());
        try (PointDisk disk = datastore.openPoint(point)) {
            // From its end to its start, so that nobody takes it for a habit.
            for (int at = 2 * CHUNK - 4096; at >= CHUNK; at -= 4096) {
                read(disk, at, 4096);
            }
            // The root, the leaf and the chunk.
            assertEquals(3, packReads.size(), packReads.toString());
            assertArrayEquals(Arrays.copyOfRange(CONTENT, CHUNK, 2 * CHUNK), read(disk, CHUNK, CHUNK));
            assertEquals(3, packReads.size(), packReads.toString());
        }
    }

    @Test
    void readsWhatComesNextForThoseWhoReadInOrder() throws Exception {
        CountDownLatch eight = new CountDownLatch(8);
        Directory counted =
                Interposed.reads(new LocalDirectory(bench.datastore().directory()), (file, position) -> {
                    if (file.startsWith(PackId.DIRECTORY) && position > 0) {
                        eight.countDown();
                    }
                });
        Datastore datastore = Datastore.open(
                new Datastore.Place(
                        bench.datastore().directory(), counted, Randomness.secure(), EngineLimits::forMachine),
                bench.key());
        try (PointDisk disk = datastore.openPoint(point)) {
            for (int at = CHUNK; at < CHUNK + 3 * 4096; at += 4096) {
                read(disk, at, 4096);
            }
            // Two nodes and one chunk are all that was asked for.
            assertTrue(eight.await(1, TimeUnit.MINUTES));
            assertArrayEquals(Arrays.copyOfRange(CONTENT, 2 * CHUNK, 30 * CHUNK), read(disk, 2L * CHUNK, 28 * CHUNK));
        }
    }
}
