package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.NotADatastoreException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.Operation;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.storage.PowerLossDirectory.PowerLostException;
import io.diskvault.engine.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// Cuts the power, or lets a call fail, before every single operation of each kind of work, and looks at what is
/// left.
class CrashTest {

    /// Packs of two chunks and fragments of three entries: so that little data takes every path.
    private static final StoreLimits SMALL = new StoreLimits(100_000, 3, 2);

    private static final byte[] FIRST = noise(5 * CHUNK + 100, 1);
    private static final byte[] SECOND = changed(FIRST);

    private final AtomicInteger states = new AtomicInteger();

    @TempDir
    Path directory;

    private KeyFile key;

    private static byte[] changed(byte[] content) {
        byte[] changed = content.clone();
        System.arraycopy(noise(CHUNK, 2), 0, changed, CHUNK, CHUNK);
        changed[changed.length - 1] ^= 1;
        return changed;
    }

    /// A piece of work that changes a datastore.
    @FunctionalInterface
    private interface Work {
        void run(Datastore datastore) throws IOException, DatastoreException;
    }

    private static Work backUp(String id, byte[] content) {
        return datastore -> datastore.backUp(Workbench.request("disk", id), new FakeDisk(content), Watch.NONE);
    }

    @BeforeEach
    void makeKey() throws IOException {
        key = KeyFile.create(directory.resolve("key"));
    }

    private static Datastore.Place place(PowerLossDirectory files) {
        return new Datastore.Place(Path.of("store"), files, Randomness.secure(), _ -> new EngineLimits(2, SMALL));
    }

    private Datastore open(PowerLossDirectory files) throws IOException, DatastoreException {
        return Datastore.open(place(files), key);
    }

    private PowerLossDirectory after(Work... work) throws IOException, DatastoreException {
        PowerLossDirectory files = new PowerLossDirectory();
        Datastore datastore = Datastore.create(place(files), ChunkSize.DEFAULT, key);
        for (Work step : work) {
            step.run(datastore);
        }
        return files;
    }

    private static byte[] restored(Datastore datastore, String id) throws IOException, DatastoreException {
        RecoveryPoint point =
                datastore.recoveryPoint("disk", new RecoveryPointId(id)).orElseThrow();
        MemoryTarget[] target = new MemoryTarget[1];
        datastore.restore(point, size -> target[0] = new MemoryTarget(size), Watch.NONE);
        assertTrue(target[0].committed);
        return target[0].content;
    }

    /// Checks that the points a state offers are whole, and that it can be worked with.
    private void check(PowerLossDirectory state, Map<String, byte[]> contents, Set<String> mustBeThere, String where)
            throws IOException, DatastoreException {
        states.incrementAndGet();
        Datastore datastore = open(state);
        Set<String> found = new HashSet<>();
        for (RecoveryPoint point : datastore.recoveryPoints()) {
            found.add(point.id().value());
            assertArrayEquals(
                    contents.get(point.id().value()),
                    restored(datastore, point.id().value()),
                    where);
        }
        assertTrue(found.containsAll(mustBeThere), () -> where + ": " + found + " instead of " + mustBeThere);
        backUp("2", SECOND).run(datastore);
        backUp("3", FIRST).run(datastore);
        assertArrayEquals(SECOND, restored(datastore, "2"), where);
        assertArrayEquals(FIRST, restored(datastore, "3"), where);
    }

    private void cutThePowerEverywhere(
            PowerLossDirectory start, Work work, Map<String, byte[]> contents, Set<String> before, Set<String> after)
            throws IOException, DatastoreException {
        boolean done = false;
        for (int step = 0; !done; step++) {
            PowerLossDirectory files = PowerLossDirectory.copyOf(start, PowerLossDirectory.losingPowerBefore(step));
            Datastore datastore = open(files);
            try {
                work.run(datastore);
                done = true;
            } catch (PowerLostException e) {
                assertFalse(files.operations().isEmpty());
            }
            int survivor = 0;
            for (PowerLossDirectory state : files.survivors()) {
                String where = "cut before operation " + step + ", state " + survivor++;
                check(state, contents, done ? after : before, where);
            }
        }
    }

    @Test
    void survivesAPowerCutAnywhereInAFirstBackup(TestInfo test) throws Exception {
        cutThePowerEverywhere(after(), backUp("1", FIRST), Map.of("1", FIRST), Set.of(), Set.of("1"));
        report(test);
    }

    @Test
    void survivesAPowerCutAnywhereInALaterBackup(TestInfo test) throws Exception {
        cutThePowerEverywhere(
                after(backUp("1", FIRST)),
                backUp("2", SECOND),
                Map.of("1", FIRST, "2", SECOND),
                Set.of("1"),
                Set.of("1", "2"));
        report(test);
    }

    @Test
    void survivesAPowerCutAnywhereInRemovingARecoveryPoint(TestInfo test) throws Exception {
        cutThePowerEverywhere(
                after(backUp("1", FIRST), backUp("2", SECOND)),
                datastore -> datastore.removeRecoveryPoint("disk", new RecoveryPointId("1")),
                Map.of("1", FIRST, "2", SECOND),
                Set.of("2"),
                Set.of("2"));
        report(test);
    }

    @Test
    void survivesAPowerCutAnywhereInCreatingADatastore(TestInfo test) throws Exception {
        boolean done = false;
        for (int step = 0; !done; step++) {
            PowerLossDirectory files = new PowerLossDirectory(PowerLossDirectory.losingPowerBefore(step));
            try {
                Datastore.create(place(files), ChunkSize.DEFAULT, key);
                done = true;
            } catch (PowerLostException e) {
                assertFalse(files.operations().isEmpty());
            }
            for (PowerLossDirectory state : files.survivors()) {
                try {
                    open(state);
                } catch (NotADatastoreException e) {
                    assertFalse(done);
                    Datastore.create(place(state), ChunkSize.DEFAULT, key);
                }
                check(state, Map.of(), Set.of(), "cut before operation " + step);
            }
        }
        report(test);
    }

    @Test
    void failsClearlyWhenAnyCallFailsAndSucceedsAfterwards(TestInfo test) throws Exception {
        PowerLossDirectory start = after(backUp("1", FIRST));
        boolean done = false;
        Map<Operation.Kind, Integer> hit = new TreeMap<>();
        for (int step = 0; !done; step++) {
            int failing = step;
            AtomicInteger changes = new AtomicInteger();
            PowerLossDirectory files = PowerLossDirectory.copyOf(start, (number, operation) -> {
                if (operation.kind().changes() && changes.getAndIncrement() == failing) {
                    throw new IOException("Input/output error");
                }
            });
            Datastore datastore = open(files);
            try {
                backUp("2", SECOND).run(datastore);
                done = true;
            } catch (IOException e) {
                assertEquals("Input/output error", e.getMessage());
                Operation failed = files.operations().stream()
                        .filter(operation -> operation.kind().changes())
                        .toList()
                        .get(step);
                hit.merge(failed.kind(), 1, Integer::sum);
                assertEquals(Optional.empty(), datastore.recoveryPoint("disk", new RecoveryPointId("2")));
            }
            PowerLossDirectory left = PowerLossDirectory.copyOf(files, (number, operation) -> {});
            check(left, Map.of("1", FIRST, "2", SECOND), Set.of("1"), "failure of operation " + step);
        }
        assertTrue(
                hit.keySet()
                        .containsAll(Set.of(
                                Operation.Kind.CREATE,
                                Operation.Kind.WRITE,
                                Operation.Kind.SYNC,
                                Operation.Kind.PUBLISH,
                                Operation.Kind.CREATE_DIRECTORY,
                                Operation.Kind.SYNC_DIRECTORY)),
                () -> "Only these were hit: " + hit);
        report(test);
    }

    @Test
    void opensNothingThatIsNoDatastore() {
        assertThrows(NotADatastoreException.class, () -> open(new PowerLossDirectory()));
    }

    private void report(TestInfo test) {
        assertTrue(states.get() > 0);
        System.out.println(test.getDisplayName() + ": " + states + " states");
    }
}
