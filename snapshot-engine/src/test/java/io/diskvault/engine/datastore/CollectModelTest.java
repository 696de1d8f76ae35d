package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.NOON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.storage.PowerLossDirectory.PowerLostException;
import io.diskvault.engine.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/// Backups, expiry, collections, cancelled ones, power cuts and merges of the index in random order, beside each other,
/// against a model: the content of each recovery point that must exist. After every step every one of them restores
/// byte for byte, and no other exists; and when all is quiet, hardly anything dead is left.
class CollectModelTest {

    private static final StoreLimits SMALL = new StoreLimits(150_000, 4, 2);
    private static final int STEPS = 16;
    private static final int POINTS_MAX = 5;
    private static final int BLOCKS_MAX = 6;

    private enum Kind {
        BACK_UP,
        EXPIRE,
        COLLECT,
        CANCELLED_COLLECT,
        COLLECT_IN_MID_BACKUP,
        COLLECT_IN_MID_COLLECT,
        EXPIRE_IN_MID_RESTORE,
        BACKUP_ABANDONED_AND_COLLECTED,
        POWER_CUT_IN_BACKUP,
        POWER_CUT_IN_COLLECT,
        POWER_CUT_IN_EXPIRE,
        MERGE_INDEX
    }

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final Map<Kind, Integer> DONE = new EnumMap<>(Kind.class);

    @Property(tries = 40, shrinking = ShrinkingMode.OFF, seed = "20261121")
    void everyRecoveryPointRestoresAfterEveryStep(@ForAll long seed) throws Exception {
        try {
            new World(new Random(seed)).run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("Seed " + seed, e);
        }
    }

    @AfterContainer
    static void everyKindOfStepWasDone() {
        System.out.println("Collected beside everything: " + DONE);
        for (Kind kind : Kind.values()) {
            assertTrue(DONE.getOrDefault(kind, 0) > 0, () -> kind + " was never done: " + DONE);
        }
    }

    private static KeyFile key() throws IOException {
        Path path = Files.createTempDirectory("model").resolve("key");
        KeyFile key = KeyFile.create(path);
        Files.delete(path);
        Files.delete(path.getParent());
        return key;
    }

    /// One datastore, one disk that changes, and what must be in the datastore.
    private static final class World {

        private final Random random;
        private final KeyFile key = key();
        private final Map<RecoveryPointId, byte[]> model =
                new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        private PowerLossDirectory files = new PowerLossDirectory();
        private Datastore datastore;
        private byte[] disk = new byte[0];
        private int nextId;

        World(Random random) throws Exception {
            this.random = random;
            this.datastore = Datastore.create(place(files), ChunkSize.DEFAULT, key);
        }

        private static Datastore.Place place(PowerLossDirectory files) {
            return new Datastore.Place(Path.of("store"), files, Randomness.secure(), _ -> new EngineLimits(1, SMALL));
        }

        private Datastore other() throws IOException, DatastoreException {
            return Datastore.open(place(files), key);
        }

        void run() throws Exception {
            change();
            backUp(datastore, Watch.NONE);
            for (int step = 0; step < STEPS; step++) {
                Kind kind = KINDS.get(random.nextInt(KINDS.size()));
                if (model.size() >= POINTS_MAX) {
                    kind = Kind.EXPIRE;
                }
                if (run(kind)) {
                    DONE.merge(kind, 1, Integer::sum);
                }
                check(kind + " in step " + step);
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        List.of(),
                        other().collect(CollectOptions.DEFAULT, Watch.NONE).waitingFor());
            }
            check("the last collection");
            checkThatLittleIsDead();
        }

        private boolean run(Kind kind) throws Exception {
            switch (kind) {
                case BACK_UP -> backUp(random.nextBoolean() ? datastore : other(), Watch.NONE);
                case EXPIRE -> expire(datastore, anyPoint());
                case COLLECT -> other().collect(CollectOptions.DEFAULT, Watch.NONE);
                case CANCELLED_COLLECT -> {
                    return cancelledCollect();
                }
                case COLLECT_IN_MID_BACKUP -> collectInMidBackup();
                case COLLECT_IN_MID_COLLECT -> {
                    return collectInMidCollect();
                }
                case EXPIRE_IN_MID_RESTORE -> expireInMidRestore();
                case BACKUP_ABANDONED_AND_COLLECTED -> abandonedBackup();
                case POWER_CUT_IN_BACKUP -> {
                    change();
                    RecoveryPointId id = newId();
                    byte[] content = disk.clone();
                    return cut(store -> store.backUp(request(id), new FakeDisk(content), Watch.NONE), id, content, 40);
                }
                case POWER_CUT_IN_COLLECT -> {
                    return cut(store -> store.collect(CollectOptions.DEFAULT, Watch.NONE), newId(), disk, 30);
                }
                case POWER_CUT_IN_EXPIRE -> {
                    RecoveryPointId id = anyPoint();
                    byte[] content = model.remove(id);
                    return content != null && cut(store -> store.removeRecoveryPoint("disk", id), id, content, 2);
                }
                case MERGE_INDEX -> new ChunkIndex(files).mergeWhereMany(Randomness.secure());
            }
            return true;
        }

        private RecoveryPointId newId() {
            return new RecoveryPointId("p" + (1000 + nextId++));
        }

        private static BackupRequest request(RecoveryPointId id) {
            return new BackupRequest("disk", id, NOON.plusSeconds(id.value().hashCode()), "source");
        }

        /// Some blocks of few kinds, so that blocks come back that were deleted.
        private void change() {
            disk = Arrays.copyOf(disk, CHUNK * (1 + random.nextInt(BLOCKS_MAX)) - random.nextInt(2) * 100);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int block = random.nextInt(Math.ceilDiv(disk.length, CHUNK));
                byte[] content = Workbench.noise(CHUNK, random.nextInt(9));
                int length = Math.min(CHUNK, disk.length - block * CHUNK);
                System.arraycopy(content, 0, disk, block * CHUNK, length);
            }
        }

        private void backUp(Datastore store, Watch watch) throws IOException, DatastoreException {
            change();
            byte[] content = disk.clone();
            RecoveryPointId id = newId();
            store.backUp(request(id), new FakeDisk(content), watch);
            model.put(id, content);
        }

        private RecoveryPointId anyPoint() {
            List<RecoveryPointId> ids = List.copyOf(model.keySet());
            return ids.isEmpty() ? new RecoveryPointId("none") : ids.get(random.nextInt(ids.size()));
        }

        private void expire(Datastore store, RecoveryPointId id) throws IOException {
            store.removeRecoveryPoint("disk", id);
            model.remove(id);
        }

        private boolean cancelledCollect() throws Exception {
            int[] left = {random.nextInt(12)};
            try {
                other().collect(CollectOptions.DEFAULT, new Steps(() -> {
                    if (left[0]-- == 0) {
                        throw new CancellationException("Enough.");
                    }
                }));
                return false;
            } catch (CancellationException e) {
                return true;
            }
        }

        private void collectInMidBackup() throws Exception {
            int[] left = {random.nextInt(3)};
            backUp(datastore, new Steps(() -> {
                if (left[0]-- == 0) {
                    if (random.nextBoolean()) {
                        expire(other(), anyPoint());
                    }
                    other().collect(CollectOptions.DEFAULT, Watch.NONE);
                }
            }));
        }

        private boolean collectInMidCollect() throws Exception {
            int[] left = {random.nextInt(12)};
            boolean[] met = new boolean[1];
            datastore.collect(CollectOptions.DEFAULT, new Steps(() -> {
                if (left[0]-- == 0) {
                    CollectResult inner = other().collect(CollectOptions.DEFAULT, Watch.NONE);
                    assertEquals(0, inner.deletedPacks());
                    assertEquals(1, inner.waitingFor().size());
                    met[0] = true;
                }
            }));
            return met[0];
        }

        private void expireInMidRestore() throws Exception {
            RecoveryPointId id = anyPoint();
            byte[] content = model.get(id);
            if (content == null) {
                return;
            }
            boolean[] done = new boolean[1];
            RecoveryPoint point = datastore.recoveryPoint("disk", id).orElseThrow();
            Watch watch = new Steps(() -> {
                if (!done[0]) {
                    done[0] = true;
                    expire(other(), id);
                    other().collect(CollectOptions.DEFAULT, Watch.NONE);
                }
            });
            MemoryTarget[] target = new MemoryTarget[1];
            datastore.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, watch);
            assertTrue(done[0]);
            assertArrayEquals(content, target[0].content);
        }

        /// A writer that dies: its packs and unfinished files stay, its lock does not.
        private void abandonedBackup() throws Exception {
            change();
            PowerLossDirectory[] left = new PowerLossDirectory[1];
            int[] steps = {random.nextInt(3)};
            try {
                datastore.backUp(request(newId()), new FakeDisk(disk), new Steps(() -> {
                    if (steps[0]-- == 0) {
                        left[0] = PowerLossDirectory.copyOf(files, (_, _) -> {});
                        throw new CancellationException("It dies.");
                    }
                }));
            } catch (CancellationException e) {
                files = left[0];
            }
            datastore = other();
            datastore.collect(CollectOptions.DEFAULT, Watch.NONE);
        }

        private interface Work {
            void run(Datastore store) throws IOException, DatastoreException;
        }

        /// @param id a point that may or may not exist afterwards
        private boolean cut(Work work, RecoveryPointId id, byte[] content, int steps) throws Exception {
            int step = random.nextInt(steps);
            PowerLossDirectory cut = PowerLossDirectory.copyOf(files, PowerLossDirectory.losingPowerBefore(step));
            boolean lost = false;
            try {
                work.run(Datastore.open(place(cut), key));
            } catch (PowerLostException e) {
                lost = true;
            }
            List<PowerLossDirectory> survivors = cut.survivors();
            files = PowerLossDirectory.copyOf(survivors.get(random.nextInt(survivors.size())), (_, _) -> {});
            datastore = other();
            if (datastore.recoveryPoint("disk", id).isPresent()) {
                model.put(id, content);
            }
            return lost;
        }

        private void check(String when) throws Exception {
            Datastore reader = random.nextBoolean() ? datastore : other();
            Map<RecoveryPointId, byte[]> missing = new HashMap<>(model);
            for (RecoveryPoint point : reader.recoveryPoints()) {
                byte[] content = missing.remove(point.id());
                assertTrue(content != null, () -> when + ": " + point.id() + " should not exist");
                MemoryTarget[] target = new MemoryTarget[1];
                reader.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Watch.NONE);
                assertArrayEquals(content, target[0].content, when);
            }
            assertTrue(missing.isEmpty(), () -> when + ": missing are " + missing.keySet());
        }

        private void checkThatLittleIsDead() throws Exception {
            long stored = packBytes(files);
            // What the same points take in a datastore where nothing was ever removed, and in as small packs.
            PowerLossDirectory clean = new PowerLossDirectory();
            Datastore fresh = Datastore.create(place(clean), ChunkSize.DEFAULT, key);
            for (Map.Entry<RecoveryPointId, byte[]> point : model.entrySet()) {
                fresh.backUp(request(point.getKey()), new FakeDisk(point.getValue()), Watch.NONE);
            }
            double most = packBytes(clean) / (1 - CollectOptions.DEAD_SHARE_MIN_DEFAULT) + 4000;
            assertTrue(stored <= most, () -> stored + " bytes are stored where " + most + " are enough");
            assertEquals(List.of(), files.list("leases"));
            for (String directory : files.list(PackId.DIRECTORY)) {
                assertEquals(
                        List.of(),
                        files.list(PackId.DIRECTORY + "/" + directory).stream()
                                .filter(name -> name.endsWith(".unfinished"))
                                .toList());
            }
        }

        private static long packBytes(PowerLossDirectory files) throws IOException {
            long bytes = 0;
            for (String directory : files.list(PackId.DIRECTORY)) {
                for (String name : files.list(PackId.DIRECTORY + "/" + directory)) {
                    try (InputFile pack = files.open(PackId.DIRECTORY + "/" + directory + "/" + name)) {
                        bytes += pack.sizeBytes();
                    }
                }
            }
            return bytes;
        }
    }
}
