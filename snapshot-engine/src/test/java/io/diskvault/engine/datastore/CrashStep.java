package io.diskvault.engine.datastore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.restore.RestoreTarget;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.PowerLossDirectory;
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
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            backUp(datastore, "a", world);
        }

        @Override
        void addTo(SortedMap<String, byte[]> points, CrashWorld world) {
            points.put("a/" + id(world), CrashWorld.content("a", time(world)));
        }
    },

    /// A disk that has some blocks in common with the other.
    BACK_UP_ANOTHER_DISK {
        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            backUp(datastore, "b", world);
        }

        @Override
        void addTo(SortedMap<String, byte[]> points, CrashWorld world) {
            points.put("b/" + id(world), CrashWorld.content("b", time(world)));
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
            return !world.points().isEmpty();
        }

        @Override
        void run(Datastore datastore, CrashWorld world, int attempt) throws IOException, DatastoreException {
            boolean overwrite = world.restored().isPresent();
            datastore.restore(
                    point(datastore, world.points().lastKey()),
                    size -> RestoreTarget.file(
                            world.targets(),
                            CrashWorld.TARGET,
                            Path.of(CrashWorld.TARGET),
                            size,
                            overwrite,
                            new Random(time(world) * 31L + attempt)::nextBytes),
                    Watch.NONE);
        }

        @Override
        Optional<byte[]> restored(CrashWorld world) {
            return Optional.of(world.points().lastEntry().getValue());
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
    };

    boolean isPossible(CrashWorld world) {
        return true;
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

    /// The world in which this was begun, on files of its own; they tell afterwards what was done.
    CrashWorld begun(CrashWorld world, PowerLossDirectory.Fate fate) throws IOException {
        List<String> history = new ArrayList<>(world.history());
        history.add(name());
        PowerLossDirectory files = world.files().fork(fate);
        // Nobody syncs the names of leases. If they were open for ever, they would drown everything else.
        files.settle(CrashWorld.STORE + "/leases");
        return new CrashWorld(files, world.points(), world.restored(), List.copyOf(history));
    }

    /// What is there when it has succeeded.
    CrashWorld done(CrashWorld begun) {
        SortedMap<String, byte[]> points = new TreeMap<>(begun.points());
        addTo(points, begun);
        return new CrashWorld(begun.files(), points, restored(begun), begun.history());
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

    static RecoveryPoint point(Datastore datastore, String name) throws IOException, DatastoreException {
        String[] parts = name.split("/", -1);
        return datastore.recoveryPoint(parts[0], new RecoveryPointId(parts[1])).orElseThrow();
    }
}
