package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.datastore.CrashWorld.Damage;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.DirectoryBelow;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks at what a power cut or a failure has left: that everything committed is whole, that nothing else is offered,
/// and that work goes on.
record CrashCheck(KeyFile key) {

    private static final int FILE_BYTES_MAX = 1 << 20;

    /// The time at which content is made that no workload makes.
    private static final int LATER = 999;

    /// @param files what was left; is changed
    /// @param before what was there when the step began
    /// @param after what is there when it has succeeded
    /// @param ended whether it had, so that `before` is not good enough any more
    /// @return which of both was found
    CrashWorld check(PowerLossDirectory files, CrashWorld before, CrashWorld after, boolean ended)
            throws IOException, DatastoreException {
        Datastore datastore = open(files, before);
        CrashWorld found = look(files, datastore, before, after, ended);
        Optional<CrashStep> restore = CrashStep.restoreBegunLast(after);
        if (restore.isPresent() && !ended) {
            restore.get().run(after.on(files), key, 3);
            checkTarget(files, after, after, true);
        }
        goOn(files, datastore, found);
        return found;
    }

    /// The same without going on.
    void look(PowerLossDirectory files, CrashWorld after) throws IOException, DatastoreException {
        look(files, open(files, after), after, after, true);
    }

    private static CrashWorld look(
            PowerLossDirectory files, Datastore datastore, CrashWorld before, CrashWorld after, boolean ended)
            throws IOException, DatastoreException {
        checkTarget(files, before, after, ended);
        CrashWorld found = found(datastore, before, after, ended);
        for (Map.Entry<String, byte[]> point : found.points().entrySet()) {
            try {
                checkPoint(datastore, point);
            } catch (CorruptDatastoreException e) {
                if (found.damage() == Damage.NONE) {
                    throw e;
                }
            }
        }
        return found;
    }

    private Datastore open(PowerLossDirectory files, CrashWorld before) throws IOException, DatastoreException {
        long seed = -1 - (before.history().hashCode() * 31L);
        return Datastore.open(CrashWorld.place(new DirectoryBelow(files, CrashWorld.STORE), seed), key);
    }

    /// A restored disk is there as it was before, or whole; never anything else, unless it was being written in place.
    private static void checkTarget(PowerLossDirectory files, CrashWorld before, CrashWorld after, boolean ended)
            throws IOException {
        Optional<byte[]> target = target(files);
        boolean whole = same(target, after.restored());
        boolean untouched = same(target, before.restored());
        if (!ended && CrashStep.restoreBegunLast(after).equals(Optional.of(CrashStep.RESTORE_IN_PLACE))) {
            assertEquals(after.restored().orElseThrow().length, target.orElseThrow().length);
            return;
        }
        assertTrue(ended ? whole : whole || untouched, "The restored disk is neither the old one nor the new one.");
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent()
                && Arrays.equals(one.orElse(new byte[0]), other.orElse(new byte[0]));
    }

    static Optional<byte[]> target(PowerLossDirectory files) throws IOException {
        try (InputFile file = files.open(CrashWorld.TARGETS + "/" + CrashWorld.TARGET)) {
            return Optional.of(file.readAll(FILE_BYTES_MAX));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static CrashWorld found(Datastore datastore, CrashWorld before, CrashWorld after, boolean ended)
            throws IOException, DatastoreException {
        Set<String> names = names(datastore);
        if (!ended && names.equals(before.points().keySet())) {
            return before;
        }
        assertEquals(after.points().keySet(), names, "Other recovery points than these are offered.");
        return after;
    }

    static Set<String> names(Datastore datastore) throws IOException, DatastoreException {
        SortedMap<String, Boolean> names = new TreeMap<>();
        for (RecoveryPoint point : datastore.recoveryPoints()) {
            names.put(point.disk() + "/" + point.id(), true);
        }
        return names.keySet();
    }

    static void checkPoints(Datastore datastore, Map<String, byte[]> points) throws IOException, DatastoreException {
        for (Map.Entry<String, byte[]> point : points.entrySet()) {
            checkPoint(datastore, point);
        }
    }

    private static void checkPoint(Datastore datastore, Map.Entry<String, byte[]> point)
            throws IOException, DatastoreException {
        assertArrayEquals(
                point.getValue(),
                restored(datastore, CrashStep.point(datastore, point.getKey())),
                () -> "recovery point " + point.getKey());
    }

    private static byte[] restored(Datastore datastore, RecoveryPoint point) throws IOException, DatastoreException {
        MemoryTarget[] target = new MemoryTarget[1];
        datastore.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Watch.NONE);
        assertTrue(target[0].committed);
        return target[0].content;
    }

    /// The next backup and the next collection work, and afterwards everything is whole, still or again. What was
    /// damaged must be verified before, unless a verification has ended.
    private static void goOn(PowerLossDirectory files, Datastore datastore, CrashWorld found)
            throws IOException, DatastoreException {
        if (found.damage() == Damage.UNKNOWN) {
            datastore.verify(VerifyOptions.FULL, Watch.NONE);
        }
        byte[] content = CrashWorld.content("a", LATER);
        datastore.backUp(Workbench.request("a", "later"), new FakeDisk(content), Watch.NONE);
        SortedMap<String, byte[]> all = new TreeMap<>(found.points());
        all.put("a/later", content);
        assertEquals(all.keySet(), names(datastore));
        datastore.collect(CollectOptions.DEFAULT, Watch.NONE);
        checkPoints(datastore, all);
        assertNothingIsLeftBehind(new DirectoryBelow(files, CrashWorld.STORE));
    }

    /// Once nobody is at work any more, a collection removes what the dead have left, wherever leases tell whose it is.
    private static void assertNothingIsLeftBehind(Directory store) throws IOException {
        assertEquals(List.of(), store.list("leases"));
        for (String name : List.of("packs", "index", "points", "epochs", "damaged")) {
            assertEquals(0, unfinished(store, name), () -> "Unfinished files are left in " + name);
        }
    }

    /// The files in a datastore that somebody did not finish.
    static long unfinished(Directory directory, String name) throws IOException {
        long count = 0;
        for (String found : directory.list(name)) {
            String whole = name.isEmpty() ? found : name + "/" + found;
            count += found.contains(".unfinished") ? 1 : unfinished(directory, whole);
        }
        return count;
    }
}
