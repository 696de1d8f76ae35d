package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.CollectBench.OLD;
import static io.diskvault.engine.datastore.CollectBench.half;
import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.pack.PackId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a collection deletes, what it keeps, and what it says of that.
class CollectTest {

    @TempDir
    Path path;

    private CollectBench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = CollectBench.in(path);
    }

    @Test
    void deletesNothingThatIsNeeded() throws Exception {
        RecoveryPoint point = bench.backUp("disk", "1", OLD).point();
        Set<PackId> before = bench.packs();

        assertEquals(new CollectResult(0, 0, 0, 0, List.of(), List.of()), bench.collect());

        assertEquals(before, bench.packs());
        assertArrayEquals(OLD, bench.restored(point));
    }

    @Test
    void deletesEverythingWhenNoRecoveryPointIsLeft() throws Exception {
        bench.backUp("disk", "1", OLD);
        long before = bench.packBytes();
        int count = bench.packs().size();
        bench.remove("1");

        assertEquals(new CollectResult(before, count, 0, 0, List.of(), List.of()), bench.collect());

        assertEquals(0, bench.packBytes());
        assertEquals(List.of(), bench.files().list("index"));
        assertEquals(new CollectResult(0, 0, 0, 0, List.of(), List.of()), bench.collect());
        assertArrayEquals(OLD, bench.restored(bench.backUp("disk", "2", OLD).point()));
    }

    @Test
    void keepsWhatOtherRecoveryPointsShare() throws Exception {
        bench.backUp("disk", "1", OLD);
        RecoveryPoint later = bench.backUp("disk", "2", half()).point();
        bench.remove("1");
        long before = bench.packBytes();

        CollectResult result = bench.collect();

        assertTrue(result.freedBytes() > OLD.length / 3, result.toString());
        // The index fragment that says where the copies are is counted, too.
        long shrunk = before - bench.packBytes();
        assertTrue(result.freedBytes() <= shrunk && shrunk - result.freedBytes() < 20_000, shrunk + " " + result);
        assertArrayEquals(half(), bench.restored(later));
        bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
        assertEquals(0, bench.backUp("disk", "3", half()).point().storedBytes());
    }

    @Test
    void aDryRunSaysWhatWouldBeFreedAndChangesNothing() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.backUp("disk", "2", half());
        bench.remove("1");
        Set<PackId> before = bench.packs();
        List<String> names = bench.files().list("").stream().sorted().toList();

        CollectResult rehearsed = bench.other().collect(CollectOptions.DRY_RUN, Watch.NONE);

        assertEquals(before, bench.packs());
        assertEquals(names, bench.files().list("").stream().sorted().toList());
        CollectResult done = bench.collect();
        assertEquals(done.deletedPacks(), rehearsed.deletedPacks());
        assertEquals(done.rewrittenPacks(), rehearsed.rewrittenPacks());
        assertTrue(done.freedBytes() > 0);
        // Copies are put together in other packs, and each comes with an index fragment, which is counted.
        assertTrue(Math.abs(done.freedBytes() - rehearsed.freedBytes()) < 20_000, done + " " + rehearsed);
    }

    @Test
    void rewritesAPackOnlyWhenEnoughOfItIsDead() throws Exception {
        bench.backUp("disk", "1", OLD);
        byte[] mostly = OLD.clone();
        mostly[0] ^= 1;
        RecoveryPoint later = bench.backUp("disk", "2", mostly).point();
        bench.remove("1");

        CollectResult patient = bench.other().collect(new CollectOptions(false, 0.9), Watch.NONE);
        CollectResult eager = bench.other().collect(new CollectOptions(false, 0.1), Watch.NONE);

        assertEquals(0, patient.rewrittenPacks());
        assertEquals(1, eager.rewrittenPacks());
        assertTrue(eager.copiedBytes() > 2L * CHUNK && eager.copiedBytes() < 4L * CHUNK + 20_000, eager.toString());
        assertArrayEquals(mostly, bench.restored(later));
        assertThrows(IllegalArgumentException.class, () -> new CollectOptions(false, 0));
    }

    @Test
    void makesLargePacksOfManySmallOnes() throws Exception {
        for (int i = 0; i < 40; i++) {
            bench.backUp("disk-" + i, "1", noise(500, i));
        }
        assertEquals(80, bench.packs().size());

        CollectResult result = bench.collect();

        assertEquals(80, result.rewrittenPacks());
        assertEquals(2, bench.packs().size());
        for (int i = 0; i < 40; i++) {
            RecoveryPoint point = bench.datastore().recoveryPoints("disk-" + i).getFirst();
            assertArrayEquals(noise(500, i), bench.restored(point));
        }
        assertEquals(0, bench.collect().rewrittenPacks());
    }

    @Test
    void canBeStoppedAnywhereAndGoesOn() throws Exception {
        bench.backUp("disk", "1", OLD);
        RecoveryPoint kept = bench.backUp("disk", "2", half()).point();
        bench.remove("1");
        long freed = 0;
        int stopped = 0;
        for (boolean done = false; !done; ) {
            int[] left = {1 + stopped};
            try {
                freed += bench.collect(new Steps(() -> {
                            if (left[0]-- == 0) {
                                throw new CancellationException("Enough.");
                            }
                        }))
                        .freedBytes();
                done = true;
            } catch (CancellationException e) {
                stopped++;
            }
            assertArrayEquals(half(), bench.restored(kept));
            assertEquals(List.of(), bench.files().list("leases"));
        }
        assertTrue(stopped > 5, stopped + " times");
        assertEquals(new CollectResult(0, 0, 0, 0, List.of(), List.of()), bench.collect());
        assertTrue(bench.packBytes() < half().length * 1.4, bench.packBytes() + " bytes, freed at last " + freed);
    }
}
