package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.index.ChunkIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What recovery points have for themselves.
class UsageTest {

    private static final CollectOptions EVERYTHING = new CollectOptions(false, 1e-9);

    @TempDir
    Path path;

    private CollectBench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = CollectBench.in(path);
    }

    private DiskUsage usage(String disk) throws IOException, DatastoreException {
        return bench.datastore().usage(disk, Watch.NONE);
    }

    private List<Long> ofPoints(String disk) throws IOException, DatastoreException {
        return usage(disk).points().stream().map(DiskUsage.OfPoint::uniqueBytes).toList();
    }

    /// The sealed bytes of all chunks that there are.
    private long storedBytes() throws IOException, DatastoreException {
        ChunkIndex index = new ChunkIndex(bench.files());
        index.refresh();
        long[] bytes = new long[1];
        index.view().forEach((_, _, place) -> bytes[0] += place.sealedLength());
        return bytes[0];
    }

    @Test
    void nothingIsUniqueToADiskThatWasNeverBackedUp() throws Exception {
        assertEquals(new DiskUsage(0, List.of()), usage("disk"));
    }

    @Test
    void aDiskOfZerosHasNothing() throws Exception {
        RecoveryPoint point = bench.backUp("disk", "1", new byte[3 * CHUNK]).point();
        assertEquals(new DiskUsage(0, List.of(new DiskUsage.OfPoint(point.id(), 0))), usage("disk"));
    }

    @Test
    void whatTheOnlyRecoveryPointStoredIsAllItsOwn() throws Exception {
        RecoveryPoint point = bench.backUp("disk", "1", noise(70 * CHUNK, 1)).point();
        assertEquals(
                new DiskUsage(storedBytes(), List.of(new DiskUsage.OfPoint(point.id(), storedBytes()))), usage("disk"));
    }

    @Test
    void twoPointsWithTheSameContentFreeNothingAlone() throws Exception {
        bench.backUp("disk", "1", noise(70 * CHUNK, 1));
        bench.backUp("disk", "2", noise(70 * CHUNK, 1));
        assertEquals(List.of(0L, 0L), ofPoints("disk"));
        assertEquals(storedBytes(), usage("disk").uniqueBytes());
    }

    @Test
    void whatAnotherDiskHasTooIsNotUnique() throws Exception {
        bench.backUp("disk", "1", noise(70 * CHUNK, 1));
        bench.backUp("other", "2", noise(70 * CHUNK, 1));
        assertEquals(List.of(0L), ofPoints("disk"));
        assertEquals(0, usage("disk").uniqueBytes());
    }

    /// What a collection that leaves nothing dead frees is the measure: of one point after the other, and of all.
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void removingARecoveryPointFreesWhatWasForetold(long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> pool = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pool.add(i == 0 ? new byte[CHUNK] : noise(CHUNK, seed * 100 + i));
        }
        for (int i = 0; i < 9; i++) {
            bench.backUp("disk-" + i % 3, "point-" + i, content(pool, random));
        }
        for (int disk = 0; disk < 3; disk++) {
            String name = "disk-" + disk;
            long ofAll = usage(name).uniqueBytes();
            long freed = 0;
            while (!usage(name).points().isEmpty()) {
                List<DiskUsage.OfPoint> points = usage(name).points();
                DiskUsage.OfPoint removed = points.get(random.nextInt(points.size()));
                long before = storedBytes();
                bench.datastore().removeRecoveryPoint(name, removed.point());
                bench.other().collect(EVERYTHING, Watch.NONE);
                assertEquals(removed.uniqueBytes(), before - storedBytes(), removed::toString);
                freed += removed.uniqueBytes();
            }
            assertEquals(ofAll, freed);
        }
        assertEquals(0, storedBytes());
    }

    private static byte[] content(List<byte[]> pool, Random random) {
        byte[] content = new byte[(1 + random.nextInt(130)) * CHUNK];
        // Long runs, so that some nodes are shared as a whole.
        int from = random.nextInt(pool.size());
        int change = 1 + random.nextInt(40);
        for (int block = 0; block < content.length / CHUNK; block++) {
            byte[] chunk = pool.get((from + block / change) % pool.size());
            System.arraycopy(chunk, 0, content, block * CHUNK, CHUNK);
        }
        return content;
    }

    @Test
    void canBeCancelled() throws Exception {
        bench.backUp("disk", "1", noise(2 * CHUNK, 1));
        Watch cancelled = new Watch() {
            @Override
            public void progress(long doneBytes, long totalBytes) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThrows(CancellationException.class, () -> bench.datastore().usage("disk", cancelled));
    }

    @Test
    void aDamagedIndexSaysWhatToDo() throws Exception {
        bench.backUp("disk", "1", noise(2 * CHUNK, 1));
        Path fragment;
        try (var files = Files.list(bench.store().resolve("index"))) {
            fragment = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(fragment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(fragment, bytes);
        DatastoreException refused =
                assertThrows(DatastoreException.class, () -> bench.other().usage("disk", Watch.NONE));
        assertEquals(true, refused.getMessage().contains("verify"), refused.getMessage());
    }
}
