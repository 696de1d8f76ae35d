package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.CollectBench.NEW;
import static io.diskvault.engine.datastore.CollectBench.OLD;
import static io.diskvault.engine.datastore.CollectBench.half;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.FakeDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Collections beside others who are at work.
class CollectBesideTest {

    @TempDir
    Path path;

    private CollectBench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = CollectBench.in(path);
    }

    @Test
    void waitsForABackupThatBeganBeforeAndFinishesLater() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.remove("1");
        NavigableSet<PackId> old = bench.packs();
        CollectResult[] during = new CollectResult[2];
        BackupResult backup = bench.datastore()
                .backUp(Workbench.request("disk", "2"), new FakeDisk(OLD), Steps.once(() -> {
                    during[0] = bench.collect();
                    during[1] = bench.collect();
                }));

        for (CollectResult waiting : during) {
            assertEquals(0, waiting.deletedPacks());
            assertEquals(1, waiting.waitingFor().size());
        }
        // It began before anything was condemned, so it could rely on the old packs.
        assertEquals(0, backup.point().storedBytes());
        assertArrayEquals(OLD, bench.restored(backup.point()));
        // They have come to life again: no content is copied, and the next backup may rely on it, too.
        assertTrue(bench.collect().copiedBytes() < 20_000);
        old.retainAll(bench.packs());
        assertEquals(2, old.size());
        assertEquals(0, bench.backUp("disk", "3", OLD).point().storedBytes());
    }

    @Test
    void aBackupThatBeganAfterwardsReliesOnNothingCondemned() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.remove("1");
        Set<PackId> old = bench.packs();
        RecoveryPoint[] made = new RecoveryPoint[1];
        bench.datastore().backUp(Workbench.request("slow", "1"), new FakeDisk(NEW), Steps.once(() -> {
            assertEquals(1, bench.collect().waitingFor().size());
            made[0] = bench.other()
                    .backUp(Workbench.request("disk", "2"), new FakeDisk(OLD), Watch.NONE)
                    .point();
        }));
        assertTrue(made[0].storedBytes() > OLD.length);

        assertEquals(old.size(), bench.collect().deletedPacks());

        assertArrayEquals(OLD, bench.restored(made[0]));
        assertArrayEquals(
                NEW, bench.restored(bench.datastore().recoveryPoints("slow").getFirst()));
    }

    @Test
    void aBackupSurvivesThatItsBaseIsRemovedAndCollectedMeanwhile() throws Exception {
        bench.backUp("disk", "1", OLD);
        BackupResult backup = bench.datastore()
                .backUp(Workbench.request("disk", "2"), new FakeDisk(half()), Steps.once(() -> {
                    bench.remove("1");
                    bench.collect();
                }));

        assertArrayEquals(half(), bench.restored(backup.point()));
        bench.collect();
        assertArrayEquals(half(), bench.restored(backup.point()));
    }

    @Test
    void aRestoreKeepsNobodyWaitingAndLosesNothing() throws Exception {
        bench.backUp("disk", "1", OLD);
        RecoveryPoint read = bench.backUp("disk", "2", half()).point();
        MemoryTarget[] target = new MemoryTarget[1];
        bench.datastore().restore(read, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Steps.once(() -> {
            bench.remove("1");
            bench.remove("2");
            CollectResult result = bench.collect();
            assertEquals(List.of(), result.waitingFor());
            assertTrue(result.rewrittenPacks() > 0);
        }));

        assertArrayEquals(half(), target[0].content);
        bench.collect();
        assertEquals(Set.of(), bench.packs());
    }

    @Test
    void givesUpBesideAnotherCollection() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.remove("1");
        CollectResult[] inner = new CollectResult[1];
        boolean[] met = new boolean[1];
        CollectResult outer = bench.collect(new Steps(() -> {
            if (!met[0] && !bench.files().list("leases").isEmpty()) {
                met[0] = true;
                inner[0] = bench.collect();
            }
        }));

        assertTrue(met[0]);
        assertEquals(0, inner[0].deletedPacks());
        assertEquals(1, inner[0].waitingFor().size());
        assertTrue(outer.deletedPacks() > 0);
    }

    @Test
    void aProcessThatIsKilledIsNotWaitedFor() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.remove("1");
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessBackup.class.getName(),
                        bench.store().toString(),
                        path.resolve("key").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // It says so when it holds its lease.
            assertEquals('r', writer.getInputStream().read());
            CollectResult beside = bench.collect();
            assertEquals(0, beside.deletedPacks());
            assertEquals(1, beside.waitingFor().size());
        } finally {
            writer.destroyForcibly();
            assertTrue(writer.waitFor(1, TimeUnit.MINUTES));
        }

        CollectResult afterwards = bench.collect();
        bench.collect();

        assertTrue(afterwards.deletedPacks() > 0);
        assertEquals(List.of(), afterwards.waitingFor());
        assertEquals(List.of(), bench.packFiles());
        assertEquals(List.of(), bench.files().list("leases"));
    }
}
