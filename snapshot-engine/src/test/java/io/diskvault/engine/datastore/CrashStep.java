package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.datastore.CrashWorld.Damage;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.restore.RestoreTarget;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.verify.Finding;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that can be done to a datastore, each with what must be there afterwards.
enum CrashStep {
    BACK_UP {
        @Override
        boolean isPossible(CrashWorld world) {
            return storesDamagedChunksAnew(world);
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            backUp(datastore, "a", world);
        }

        @Override
        void addTo(SortedMap<String, byte[]> points, CrashWorld world) {
            points.put("a/" + id(world), CrashWorld.content("a", time(world)));
        }

        @Override
        Damage damage(CrashWorld world) {
            return Damage.NONE;
        }
    },

    /// A disk that has some blocks in common with the other.
    BACK_UP_ANOTHER_DISK {
        @Override
        boolean isPossible(CrashWorld world) {
            return storesDamagedChunksAnew(world);
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            backUp(datastore, "b", world);
        }

        @Override
        void addTo(SortedMap<String, byte[]> points, CrashWorld world) {
            points.put("b/" + id(world), CrashWorld.content("b", time(world)));
        }

        @Override
        Damage damage(CrashWorld world) {
            return Damage.NONE;
        }
    },

    /// A backup after which there are so many index fragments that it merges them.
    BACK_UP_AND_MERGE {
        @Override
        boolean isPossible(CrashWorld world) {
            return !world.points().isEmpty() && BACK_UP.isPossible(world);
        }

        @Override
        CrashWorld prepared(CrashWorld world, KeyFile key) throws IOException {
            return CrashDisk.withManyFragments(world);
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            BACK_UP.run(datastore, world, attempt);
        }

        @Override
        void addTo(SortedMap<String, byte[]> points, CrashWorld world) {
            BACK_UP.addTo(points, world);
        }

        @Override
        Damage damage(CrashWorld world) {
            return Damage.NONE;
        }
    },

    /// The oldest of the first disk that has any.
    REMOVE {
        @Override
        boolean isPossible(CrashWorld world) {
            return !world.points().isEmpty();
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException {
            String[] name = world.points().firstKey().split("/", -1);
            datastore.removeRecoveryPoint(name[0], new RecoveryPointId(name[1]));
        }

        @Override
        void addTo(SortedMap<String, byte[]> points, CrashWorld world) {
            points.remove(world.points().firstKey());
        }
    },

    /// To a file, which is replaced when there already is one.
    RESTORE {
        @Override
        boolean isPossible(CrashWorld world) {
            return !world.points().isEmpty() && world.damage() == Damage.NONE;
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            RestoreOptions options = world.restored().isPresent() ? RestoreOptions.OVERWRITE : RestoreOptions.NEW_FILE;
            datastore.restore(
                    point(datastore, world.points().lastKey()),
                    size -> RestoreTarget.file(
                            world.targets(),
                            CrashWorld.TARGET,
                            Path.of(CrashWorld.TARGET),
                            size,
                            options,
                            new Random(time(world) * 31L + attempt)::nextBytes),
                    OnDamage.FAIL,
                    Watch.NONE);
        }

        @Override
        Optional<byte[]> restored(CrashWorld world) {
            return Optional.of(world.points().lastEntry().getValue());
        }
    },

    /// To the file that is there, only where it differs: it is part old and part new for a while.
    RESTORE_IN_PLACE {
        @Override
        boolean isPossible(CrashWorld world) {
            return RESTORE.isPossible(world);
        }

        @Override
        CrashWorld prepared(CrashWorld world, KeyFile key) throws IOException {
            return CrashDisk.withAnotherTarget(world);
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            datastore.restore(
                    point(datastore, world.points().lastKey()),
                    size -> RestoreTarget.inPlace(
                            world.targets().openLocked(CrashWorld.TARGET), Path.of(CrashWorld.TARGET), size, true),
                    OnDamage.FAIL,
                    Watch.NONE);
        }

        @Override
        Optional<byte[]> restored(CrashWorld world) {
            return RESTORE.restored(world);
        }
    },

    /// To a file, going on with what an earlier restore has left that was killed.
    RESUME {
        @Override
        boolean isPossible(CrashWorld world) {
            return RESTORE.isPossible(world);
        }

        @Override
        CrashWorld prepared(CrashWorld world, KeyFile key) throws IOException {
            return CrashDisk.withUnfinishedRestore(world);
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            datastore.restore(
                    point(datastore, world.points().lastKey()),
                    size -> CrashDisk.resumable(world.targets(), size),
                    OnDamage.FAIL,
                    Watch.NONE);
        }

        @Override
        Optional<byte[]> restored(CrashWorld world) {
            return RESTORE.restored(world);
        }
    },

    COLLECT {
        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            datastore.collect(CollectOptions.DEFAULT, Watch.NONE);
        }
    },

    REBUILD_INDEX {
        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            long seed = world.history().hashCode() * 37L - attempt;
            Datastore.rebuildIndex(CrashWorld.place(world.store(), seed), Watch.NONE);
        }
    },

    /// Reads everything. Finds and writes down what it may know of already.
    VERIFY {
        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            VerifyResult result = verified(datastore);
            assertTrue(world.damage() != Damage.NONE || result.pointsAreWhole(), result::toString);
        }

        @Override
        Damage damage(CrashWorld world) {
            return world.damage() == Damage.UNKNOWN ? Damage.LISTED : world.damage();
        }
    },

    /// The same when the disk has just damaged all that there is of the block that all disks have.
    VERIFY_DAMAGED {
        @Override
        boolean isPossible(CrashWorld world) {
            return !world.points().isEmpty();
        }

        @Override
        CrashWorld prepared(CrashWorld world, KeyFile key) throws IOException, DatastoreException {
            return CrashDisk.withDamage(world, key);
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            VerifyResult result = verified(datastore);
            assertEquals(world.points().size(), result.affected().size(), result::toString);
        }

        @Override
        Damage damage(CrashWorld world) {
            return Damage.LISTED;
        }
    };

    /// The step that was begun last, if it is one that can be done again after a crash to end what it began.
    static Optional<CrashStep> restoreBegunLast(CrashWorld world) {
        return world.history().isEmpty()
                ? Optional.empty()
                : Optional.of(valueOf(world.history().getLast()))
                        .filter(step -> step == RESTORE_IN_PLACE || step == RESUME);
    }

    boolean isPossible(CrashWorld world) {
        return true;
    }

    /// What happens to the files, for good, before this begins.
    CrashWorld prepared(CrashWorld world, KeyFile key) throws IOException, DatastoreException {
        return world;
    }

    /// Does it to a datastore that is opened on the files of the world.
    ///
    /// @param attempt of several attempts each needs another number, since no random name comes twice
    final void run(CrashWorld world, KeyFile key, int attempt) throws IOException, DatastoreException {
        run(world.open(key, attempt), world, attempt);
    }

    abstract void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException;

    void addTo(SortedMap<String, byte[]> points, CrashWorld world) {}

    Optional<byte[]> restored(CrashWorld world) {
        return world.restored();
    }

    /// How it is with damage when this has succeeded.
    Damage damage(CrashWorld world) {
        return world.damage();
    }

    /// The world in which this was begun, on files of its own; they tell afterwards what was done.
    CrashWorld begun(CrashWorld world, PowerLossDirectory.Fate fate) throws IOException {
        List<String> history = new ArrayList<>(world.history());
        history.add(name());
        PowerLossDirectory files = world.files().fork(fate);
        // Nobody syncs the names of leases. If they were open for ever, they would drown everything else.
        files.settle(CrashWorld.STORE + "/leases");
        return new CrashWorld(files, world.points(), world.restored(), List.copyOf(history), world.damage());
    }

    /// What is there when it has succeeded.
    CrashWorld done(CrashWorld begun) {
        SortedMap<String, byte[]> points = new TreeMap<>(begun.points());
        addTo(points, begun);
        return new CrashWorld(begun.files(), points, restored(begun), begun.history(), damage(begun));
    }

    private static int time(CrashWorld world) {
        return world.history().size();
    }

    private static String id(CrashWorld world) {
        return String.format("%03d", time(world));
    }

    private static void backUp(Datastore datastore, String disk, CrashWorld world)
            throws IOException, DatastoreException {
        datastore.backUp(
                Workbench.request(disk, id(world)), new FakeDisk(CrashWorld.content(disk, time(world))), Watch.NONE);
    }

    /// Whether a backup gives what is damaged back to all recovery points, and relies on none of it.
    private static boolean storesDamagedChunksAnew(CrashWorld world) {
        return world.damage() != Damage.UNKNOWN;
    }

    /// A verification said that something could not be read or written, as it must.
    static final class NotVerifiedException extends IOException {
        private NotVerifiedException(String what) {
            super(what);
        }
    }

    private static VerifyResult verified(Datastore datastore) throws IOException, DatastoreException {
        VerifyResult result = datastore.verify(VerifyOptions.FULL, Watch.NONE);
        for (Finding finding : result.findings()) {
            if (finding.kind() == Finding.Kind.UNREADABLE) {
                throw new NotVerifiedException(finding.what());
            }
        }
        if (result.notRecorded().isPresent()) {
            throw new NotVerifiedException(result.notRecorded().get());
        }
        return result;
    }

    static RecoveryPoint point(Datastore datastore, String name) throws IOException, DatastoreException {
        String[] parts = name.split("/", -1);
        return datastore.recoveryPoint(parts[0], new RecoveryPointId(parts[1])).orElseThrow();
    }
}
