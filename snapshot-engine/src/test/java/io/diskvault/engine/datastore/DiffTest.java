package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.datastore.ChangedRange.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Compares recovery points by their manifests.
class DiffTest {

    @TempDir
    Path directory;

    private Workbench bench;
    private int points;
    private final List<ChangedRange> ranges = new ArrayList<>();

    @BeforeEach
    void makeADatastore() throws Exception {
        bench = Workbench.in(directory);
    }

    private RecoveryPoint backUp(byte[] content) throws IOException, DatastoreException {
        return bench.backUp("disk", "point-" + ++points, content).point();
    }

    private DiffResult diff(RecoveryPoint from, RecoveryPoint to) throws IOException, DatastoreException {
        ranges.clear();
        return bench.datastore().diff(from, to, ranges::add, Watch.NONE);
    }

    @Test
    void findsNothingInWhatIsTheSame() throws Exception {
        byte[] content = noise(70 * CHUNK, 1);
        RecoveryPoint point = backUp(content);

        DiffResult result = diff(point, backUp(content));

        assertEquals(List.of(), ranges);
        assertEquals(new DiffResult(70L * CHUNK, 70L * CHUNK, 0, 0, 0, 0), result);
    }

    @Test
    void joinsWhatTouchesAndTellsZerosFromOtherContent() throws Exception {
        byte[] content = noise(70 * CHUNK + 10, 1);
        Arrays.fill(content, 20 * CHUNK, 30 * CHUNK, (byte) 0);
        RecoveryPoint from = backUp(content);
        content[2 * CHUNK] ^= 1;
        content[3 * CHUNK + 7] ^= 1;
        Arrays.fill(content, 4 * CHUNK, 6 * CHUNK, (byte) 0);
        content[25 * CHUNK] = 1;
        content[63 * CHUNK] ^= 1;
        content[64 * CHUNK] ^= 1;
        content[70 * CHUNK + 9] ^= 1;

        DiffResult result = diff(from, backUp(content));

        assertEquals(
                List.of(
                        new ChangedRange(2L * CHUNK, 4L * CHUNK, Kind.CHANGED),
                        new ChangedRange(4L * CHUNK, 6L * CHUNK, Kind.ZEROED),
                        new ChangedRange(25L * CHUNK, 26L * CHUNK, Kind.CHANGED),
                        new ChangedRange(63L * CHUNK, 65L * CHUNK, Kind.CHANGED),
                        new ChangedRange(70L * CHUNK, 70L * CHUNK + 10, Kind.CHANGED)),
                ranges);
        assertEquals(5L * CHUNK + 10, result.changedBytes());
        assertEquals(2L * CHUNK, result.zeroedBytes());
        assertEquals(5, result.ranges());
    }

    @Test
    void agreesWithAComparisonOfTheContent() throws Exception {
        Random random = new Random(11);
        // Of a level more and of a level less, and of none at all.
        int[] blocks = {0, 1, 5, 64, 65, 130, 200};
        List<byte[]> contents = new ArrayList<>();
        List<RecoveryPoint> all = new ArrayList<>();
        byte[] base = noise(200 * CHUNK, 2);
        for (int count : blocks) {
            byte[] content = Arrays.copyOf(base, Math.max(0, count * CHUNK - random.nextInt(2) * 100));
            for (int i = 0; i < count / 4; i++) {
                int block = random.nextInt(count);
                int end = Math.min(content.length, (block + 1) * CHUNK);
                Arrays.fill(content, block * CHUNK, end, (byte) random.nextInt(2));
            }
            contents.add(content);
            all.add(backUp(content));
        }
        for (int from = 0; from < all.size(); from++) {
            for (int to = 0; to < all.size(); to++) {
                diff(all.get(from), all.get(to));
                assertEquals(
                        compared(contents.get(from), contents.get(to)), found(), blocks[from] + " to " + blocks[to]);
            }
        }
    }

    /// The blocks of the later disk that differ.
    private static Map<Integer, Kind> compared(byte[] from, byte[] to) {
        Map<Integer, Kind> differing = new TreeMap<>();
        for (int start = 0; start < to.length; start += CHUNK) {
            byte[] earlier = start < from.length
                    ? Arrays.copyOfRange(from, start, Math.min(from.length, start + CHUNK))
                    : new byte[0];
            byte[] later = Arrays.copyOfRange(to, start, Math.min(to.length, start + CHUNK));
            boolean zeros = Arrays.equals(later, new byte[later.length]);
            boolean wereZeros = Arrays.equals(earlier, new byte[earlier.length]);
            if (zeros ? !wereZeros : !Arrays.equals(earlier, later)) {
                differing.put(start / CHUNK, zeros ? Kind.ZEROED : Kind.CHANGED);
            }
        }
        return differing;
    }

    private Map<Integer, Kind> found() {
        Map<Integer, Kind> found = new TreeMap<>();
        long end = -1;
        for (ChangedRange range : ranges) {
            assertTrue(range.start() >= end && range.end() > range.start(), ranges::toString);
            end = range.end();
            for (long start = range.start(); start < range.end(); start += CHUNK) {
                found.put((int) (start / CHUNK), range.kind());
            }
        }
        return found;
    }

    @Test
    void readsAFewNodesForAFewChanges(TestInfo test) throws Exception {
        long size = 8L << 40;
        TreeSet<Long> places = new TreeSet<>();
        Random random = new Random(3);
        while (places.size() < 300) {
            places.add(random.nextLong(size / CHUNK) * CHUNK);
        }
        RecoveryPoint from = bench.backUp("large", "1", new SparseDisk(size, List.copyOf(places), 1))
                .point();
        while (places.size() < 310) {
            places.add(random.nextLong(size / CHUNK) * CHUNK);
        }
        RecoveryPoint to = bench.backUp("large", "2", new SparseDisk(size, List.copyOf(places), 1))
                .point();

        DiffResult result = diff(from, to);

        assertEquals(10L * CHUNK, result.changedBytes());
        // Of each disk one node per level and change: levels 0 to 4.
        assertTrue(result.nodesRead() <= 2 * 10 * 5, result::toString);
        System.out.println(test.getDisplayName() + ": " + result);
    }

    @Test
    void refusesWhatIsGoneAndEndsWhenItIsCancelled() throws Exception {
        RecoveryPoint from = backUp(noise(CHUNK, 1));
        RecoveryPoint to = backUp(noise(CHUNK, 2));
        Watch impatient = new Watch() {
            @Override
            public void progress(long doneBytes, long totalBytes) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThrows(CancellationException.class, () -> bench.datastore().diff(from, to, ranges::add, impatient));
        bench.datastore().removeRecoveryPoint("disk", to.id());

        assertThrows(PointNotFoundException.class, () -> diff(from, to));
        assertThrows(PointNotFoundException.class, () -> diff(to, from));
    }

    @Test
    void namesTheDatastoreWhenAManifestIsDamaged() throws Exception {
        RecoveryPoint from = backUp(noise(CHUNK, 1));
        RecoveryPoint to = backUp(noise(CHUNK, 2));
        try (Stream<Path> files = Files.walk(directory.resolve("store/packs"))) {
            for (Path pack : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                bytes[40] ^= 1;
                Files.write(pack, bytes);
            }
        }

        CorruptDatastoreException damage = assertThrows(CorruptDatastoreException.class, () -> diff(from, to));

        assertTrue(damage.getMessage().contains("datastore verify"), damage.getMessage());
    }
}
