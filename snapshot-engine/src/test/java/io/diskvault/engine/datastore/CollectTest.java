package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.datastore.CollectModelTest.Steps;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectTest {

    /// Packs of four chunks.
    private static final StoreLimits SMALL = new StoreLimits(250_000, 50, 2);

    private static final byte[] OLD = noise(8 * CHUNK, 1);
    private static final byte[] NEW = noise(8 * CHUNK, 2);

    @TempDir
    Path path;

    private Workbench bench;
    private Directory files = new LocalDirectory(Path.of(""));

    @BeforeEach
    void createDatastore() throws Exception {
        KeyFile key = KeyFile.create(path.resolve("key"));
        Path store = Files.createDirectory(path.resolve("store"));
        files = new LocalDirectory(store);
        bench = new Workbench(path, key, Datastore.create(place(), ChunkSize.DEFAULT, key));
    }

    private Datastore.Place place() {
        return new Datastore.Place(path.resolve("store"), files, Randomness.secure(), _ -> new EngineLimits(1, SMALL));
    }

    private Datastore other() throws IOException, DatastoreException {
        return Datastore.open(place(), bench.key());
    }

    private CollectResult collect() throws IOException, DatastoreException {
        return other().collect(CollectOptions.DEFAULT, Watch.NONE);
    }

    private void remove(String id) throws IOException {
        bench.datastore().removeRecoveryPoint("disk", new RecoveryPointId(id));
    }

    private List<Path> packFiles() throws IOException {
        try (Stream<Path> all = Files.walk(path.resolve("store").resolve(PackId.DIRECTORY))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private NavigableSet<PackId> packs() throws IOException {
        return packFiles().stream()
                .flatMap(file -> PackId.ofFileName(file.getFileName().toString()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long packBytes() throws IOException {
        long bytes = 0;
        for (Path file : packFiles()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /// Does something once, when the work asks for the first time whether to go on.
    private static Watch once(Steps.Action action) {
        boolean[] done = new boolean[1];
        return new Steps(() -> {
            if (!done[0]) {
                done[0] = true;
                action.run();
            }
        });
    }

    /// Every second block is another one, so that half of each pack is dead.
    private static byte[] half() {
        byte[] half = OLD.clone();
        for (int at = 0; at < half.length; at += 2 * CHUNK) {
            System.arraycopy(NEW, at, half, at, CHUNK);
        }
        return half;
    }

    @Test
    void deletesNothingThatIsNeeded() throws Exception {
        RecoveryPoint point = bench.backUp("disk", "1", OLD).point();
        Set<PackId> before = packs();

        assertEquals(new CollectResult(0, 0, 0, 0, List.of(), List.of()), collect());

        assertEquals(before, packs());
        assertArrayEquals(OLD, bench.restored(point));
    }

    @Test
    void deletesEverythingWhenNoRecoveryPointIsLeft() throws Exception {
        bench.backUp("disk", "1", OLD);
        long before = packBytes();
        int count = packs().size();
        remove("1");

        assertEquals(new CollectResult(before, count, 0, 0, List.of(), List.of()), collect());

        assertEquals(0, packBytes());
        assertEquals(List.of(), files.list("index"));
        assertEquals(new CollectResult(0, 0, 0, 0, List.of(), List.of()), collect());
        assertArrayEquals(OLD, bench.restored(bench.backUp("disk", "2", OLD).point()));
    }

    @Test
    void keepsWhatOtherRecoveryPointsShare() throws Exception {
        bench.backUp("disk", "1", OLD);
        RecoveryPoint later = bench.backUp("disk", "2", half()).point();
        remove("1");
        long before = packBytes();

        CollectResult result = collect();

        assertTrue(result.freedBytes() > OLD.length / 3, result.toString());
        // The index fragment that says where the copies are is counted, too.
        long shrunk = before - packBytes();
        assertTrue(result.freedBytes() <= shrunk && shrunk - result.freedBytes() < 20_000, shrunk + " " + result);
        assertArrayEquals(half(), bench.restored(later));
        bench.datastore().collect(CollectOptions.DEFAULT, Watch.NONE);
        assertEquals(0, bench.backUp("disk", "3", half()).point().storedBytes());
    }

    @Test
    void aDryRunSaysWhatWouldBeFreedAndChangesNothing() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.backUp("disk", "2", half());
        remove("1");
        Set<PackId> before = packs();
        List<String> names = files.list("").stream().sorted().toList();

        CollectResult rehearsed = other().collect(CollectOptions.DRY_RUN, Watch.NONE);

        assertEquals(before, packs());
        assertEquals(names, files.list("").stream().sorted().toList());
        CollectResult done = collect();
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
        remove("1");

        CollectResult patient = other().collect(new CollectOptions(false, 0.9), Watch.NONE);
        CollectResult eager = other().collect(new CollectOptions(false, 0.1), Watch.NONE);

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
        assertEquals(80, packs().size());

        CollectResult result = collect();

        assertEquals(80, result.rewrittenPacks());
        assertEquals(2, packs().size());
        for (int i = 0; i < 40; i++) {
            RecoveryPoint point = bench.datastore().recoveryPoints("disk-" + i).getFirst();
            assertArrayEquals(noise(500, i), bench.restored(point));
        }
        assertEquals(0, collect().rewrittenPacks());
    }

    @Test
    void waitsForABackupThatBeganBeforeAndFinishesLater() throws Exception {
        bench.backUp("disk", "1", OLD);
        remove("1");
        NavigableSet<PackId> old = packs();
        CollectResult[] during = new CollectResult[2];
        BackupResult backup = bench.datastore().backUp(Workbench.request("disk", "2"), new FakeDisk(OLD), once(() -> {
            during[0] = collect();
            during[1] = collect();
        }));

        for (CollectResult waiting : during) {
            assertEquals(0, waiting.deletedPacks());
            assertEquals(1, waiting.waitingFor().size());
        }
        // It began before anything was condemned, so it could rely on the old packs.
        assertEquals(0, backup.point().storedBytes());
        assertArrayEquals(OLD, bench.restored(backup.point()));
        // They have come to life again: no content is copied, and the next backup may rely on it, too.
        assertTrue(collect().copiedBytes() < 20_000);
        old.retainAll(packs());
        assertEquals(2, old.size());
        assertEquals(0, bench.backUp("disk", "3", OLD).point().storedBytes());
    }

    @Test
    void aBackupThatBeganAfterwardsReliesOnNothingCondemned() throws Exception {
        bench.backUp("disk", "1", OLD);
        remove("1");
        Set<PackId> old = packs();
        RecoveryPoint[] made = new RecoveryPoint[1];
        bench.datastore().backUp(Workbench.request("slow", "1"), new FakeDisk(NEW), once(() -> {
            assertEquals(1, collect().waitingFor().size());
            made[0] = other().backUp(Workbench.request("disk", "2"), new FakeDisk(OLD), Watch.NONE)
                    .point();
        }));
        assertTrue(made[0].storedBytes() > OLD.length);

        assertEquals(old.size(), collect().deletedPacks());

        assertArrayEquals(OLD, bench.restored(made[0]));
        assertArrayEquals(
                NEW, bench.restored(bench.datastore().recoveryPoints("slow").getFirst()));
    }

    @Test
    void aBackupSurvivesThatItsBaseIsRemovedAndCollectedMeanwhile() throws Exception {
        bench.backUp("disk", "1", OLD);
        BackupResult backup = bench.datastore()
                .backUp(Workbench.request("disk", "2"), new FakeDisk(half()), once(() -> {
                    remove("1");
                    collect();
                }));

        assertArrayEquals(half(), bench.restored(backup.point()));
        collect();
        assertArrayEquals(half(), bench.restored(backup.point()));
    }

    @Test
    void aRestoreKeepsNobodyWaitingAndLosesNothing() throws Exception {
        bench.backUp("disk", "1", OLD);
        RecoveryPoint read = bench.backUp("disk", "2", half()).point();
        MemoryTarget[] target = new MemoryTarget[1];
        bench.datastore().restore(read, size -> target[0] = new MemoryTarget(size), once(() -> {
            remove("1");
            remove("2");
            CollectResult result = collect();
            assertEquals(List.of(), result.waitingFor());
            assertTrue(result.rewrittenPacks() > 0);
        }));

        assertArrayEquals(half(), target[0].content);
        collect();
        assertEquals(Set.of(), packs());
    }

    @Test
    void givesUpBesideAnotherCollection() throws Exception {
        bench.backUp("disk", "1", OLD);
        remove("1");
        CollectResult[] inner = new CollectResult[1];
        boolean[] met = new boolean[1];
        CollectResult outer = other().collect(CollectOptions.DEFAULT, new Steps(() -> {
            if (!met[0] && !files.list("leases").isEmpty()) {
                met[0] = true;
                inner[0] = collect();
            }
        }));

        assertTrue(met[0]);
        assertEquals(0, inner[0].deletedPacks());
        assertEquals(1, inner[0].waitingFor().size());
        assertTrue(outer.deletedPacks() > 0);
    }

    @Test
    void canBeStoppedAnywhereAndGoesOn() throws Exception {
        bench.backUp("disk", "1", OLD);
        RecoveryPoint kept = bench.backUp("disk", "2", half()).point();
        remove("1");
        long freed = 0;
        int stopped = 0;
        for (boolean done = false; !done; ) {
            int[] left = {1 + stopped};
            try {
                freed += other().collect(CollectOptions.DEFAULT, new Steps(() -> {
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
            assertEquals(List.of(), files.list("leases"));
        }
        assertTrue(stopped > 5, stopped + " times");
        assertEquals(new CollectResult(0, 0, 0, 0, List.of(), List.of()), collect());
        assertTrue(packBytes() < half().length * 1.4, packBytes() + " bytes, freed at last " + freed);
    }

    @Test
    void collectsNothingWhenARecordCannotBeRead() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.backUp("disk", "2", NEW);
        remove("1");
        Set<PackId> before = packs();
        Path record = path.resolve("store/points/disk/2.point");
        byte[] content = Files.readAllBytes(record);
        content[40] ^= 1;
        Files.write(record, content);

        CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, this::collect);

        assertTrue(error.getMessage().contains("points/disk/2.point"), error.getMessage());
        assertTrue(error.getMessage().contains("Remove this recovery point"), error.getMessage());
        assertEquals(before, packs());
        remove("2");
        assertEquals(before.size(), collect().deletedPacks());
    }

    @Test
    void collectsNothingWhenANodeIsDamagedOrAPackIsMissing() throws Exception {
        bench.backUp("disk", "1", OLD);
        RecoveryPoint point = bench.backUp("disk", "2", NEW).point();
        remove("1");
        Path pack = path.resolve(
                "store/" + packOf(point.manifestRoot().orElseThrow()).file());
        byte[] whole = Files.readAllBytes(pack);
        byte[] damaged = whole.clone();
        damaged[60] ^= 1;
        Files.delete(pack);
        int before = packs().size();
        assertThrows(CorruptDatastoreException.class, this::collect);
        Files.write(pack, damaged);
        CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, this::collect);
        assertTrue(error.getMessage().contains("Nothing was collected"), error.getMessage());
        assertThrows(CorruptDatastoreException.class, () -> other().collect(CollectOptions.DRY_RUN, Watch.NONE));

        assertEquals(before + 1, packs().size());
        Files.delete(pack);
        Files.write(pack, whole);
        assertTrue(collect().deletedPacks() > 0);
        assertArrayEquals(NEW, bench.restored(point));
    }

    private PackId packOf(ChunkId id) throws Exception {
        ChunkIndex index = new ChunkIndex(files);
        index.refresh();
        return index.places(id).getFirst().pack();
    }

    @Test
    void keepsAPackWhoseLiveChunkIsDamagedAndSaysSo() throws Exception {
        bench.backUp("disk", "1", OLD);
        byte[] first = Arrays.copyOf(OLD, CHUNK);
        bench.backUp("small", "1", first);
        remove("1");
        for (PackId pack : packs()) {
            damageChunks(pack);
        }

        // Only the manifest of the small disk is whole, so all content that it needs is damaged.
        CollectResult result = collect();

        assertEquals(1, result.damagedPacks().size());
        assertTrue(
                Files.exists(path.resolve("store").resolve(result.damagedPacks().getFirst())));
        assertEquals(result.damagedPacks(), collect().damagedPacks());
        bench.datastore().removeRecoveryPoint("small", new RecoveryPointId("1"));
        assertEquals(List.of(), collect().damagedPacks());
        assertEquals(Set.of(), packs());
    }

    /// Damages all content chunks of a pack, but no manifest node.
    private void damageChunks(PackId pack) throws Exception {
        if (PackTable.kind(files, pack) == PackKind.CONTENT) {
            Path file = path.resolve("store").resolve(pack.file());
            byte[] content = Files.readAllBytes(file);
            PackTable.read(files, pack).forEach(entry -> content[entry.place().offset() + 5] ^= 1);
            Files.delete(file);
            Files.write(file, content);
        }
    }

    @Test
    void makesAnotherEpochWhenTheLastCannotBeRead() throws Exception {
        bench.backUp("disk", "1", OLD);
        remove("1");
        bench.datastore().backUp(Workbench.request("slow", "1"), new FakeDisk(NEW), once(this::collect));
        Path epoch = path.resolve("store/epochs/" + files.list("epochs").getFirst());
        byte[] content = Files.readAllBytes(epoch);
        content[20] ^= 1;
        Files.write(epoch, content);
        assertThrows(CorruptDatastoreException.class, () -> bench.backUp("disk", "2", OLD));

        assertTrue(collect().deletedPacks() > 0);

        assertArrayEquals(OLD, bench.restored(bench.backUp("disk", "2", OLD).point()));
        assertFalse(Files.exists(epoch));
    }

    @Test
    void aProcessThatIsKilledIsNotWaitedFor() throws Exception {
        bench.backUp("disk", "1", OLD);
        remove("1");
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessBackup.class.getName(),
                        path.resolve("store").toString(),
                        path.resolve("key").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // It says so when it holds its lease.
            assertEquals('r', writer.getInputStream().read());
            CollectResult beside = collect();
            assertEquals(0, beside.deletedPacks());
            assertEquals(1, beside.waitingFor().size());
        } finally {
            writer.destroyForcibly();
            assertTrue(writer.waitFor(1, TimeUnit.MINUTES));
        }

        CollectResult afterwards = collect();
        collect();

        assertTrue(afterwards.deletedPacks() > 0);
        assertEquals(List.of(), afterwards.waitingFor());
        assertEquals(List.of(), packFiles());
        assertEquals(List.of(), files.list("leases"));
    }
}
