package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.NOON;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.lease.Epoch;
import io.diskvault.engine.lease.Epochs;
import io.diskvault.engine.lease.Lease;
import io.diskvault.engine.lease.Leases;
import io.diskvault.engine.lease.LiveLease;
import io.diskvault.engine.lease.ProtectedTree;
import io.diskvault.engine.lease.Purpose;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What backups and restores do with leases and epochs.
class LeaseUseTest {

    private static final byte[] CONTENT = noise(3 * CHUNK, 1);

    @TempDir
    Path path;

    private Workbench bench;
    private Directory files = new LocalDirectory(Path.of(""));

    @BeforeEach
    void createDatastore() throws Exception {
        bench = Workbench.in(path);
        files = new LocalDirectory(bench.datastore().directory());
    }

    private Leases leases() {
        return new Leases(files, new Epochs(files), Randomness.secure());
    }

    private NavigableSet<PackId> packs() throws IOException {
        try (Stream<Path> all = Files.walk(bench.datastore().directory().resolve(PackId.DIRECTORY))) {
            return all.flatMap(file -> PackId.ofFileName(file.getFileName().toString()).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private List<LiveLease> others() throws Exception {
        try (Lease own = leases().take(Purpose.COLLECT, Optional.empty())) {
            return leases().othersThan(own);
        }
    }

    private static Optional<ProtectedTree> tree(RecoveryPoint point) {
        return Optional.of(new ProtectedTree(point.manifestRoot().orElseThrow(), point.logicalBytes()));
    }

    @Test
    void backupsAndRestoresHoldALeaseWhileTheyRun() throws Exception {
        RecoveryPoint base = bench.backUp("disk", "1", CONTENT).point();
        List<LiveLease> seen = new ArrayList<>();
        Watch watch = Steps.once(() -> seen.addAll(others()));
        bench.datastore().backUp(Workbench.request("disk", "2"), new FakeDisk(CONTENT), watch);
        Watch second = Steps.once(() -> seen.addAll(others()));
        bench.datastore().restore(base, size -> new MemoryTarget(size), OnDamage.FAIL, second);

        assertEquals(
                List.of(Optional.of(Purpose.BACKUP), Optional.of(Purpose.RESTORE)),
                seen.stream().map(LiveLease::purpose).toList());
        assertEquals(
                List.of(Optional.empty(), tree(base)),
                seen.stream().map(LiveLease::tree).toList());
        assertEquals(List.of(), others());
        assertEquals(List.of(), files.list(Leases.DIRECTORY));
    }

    @Test
    void aBackupChoosesItsBaseWhenItHasItsLease() throws Exception {
        RecoveryPoint older = bench.backUp("disk", "1", CONTENT).point();
        RecoveryPoint newer = bench.backUp("disk", "2", CONTENT).point();
        Directory removing = Interposed.before(
                files, "createLocked", () -> bench.datastore().removeRecoveryPoint("disk", newer.id()));
        Datastore datastore = Datastore.open(
                new Datastore.Place(
                        bench.datastore().directory(), removing, Randomness.secure(), EngineLimits::forMachine),
                bench.key());

        RecoveryPoint third = datastore
                .backUp(Workbench.request("disk", "3"), new FakeDisk(CONTENT), Watch.NONE)
                .point();

        assertEquals(Optional.of(older.id()), third.parent());
    }

    @Test
    void aBackupReliesOnNoPackThatIsCondemned() throws Exception {
        bench.backUp("disk", "1", CONTENT);
        NavigableSet<PackId> before = packs();
        new Epochs(files).publish(new Epoch(1, before, List.of()), "collector");

        BackupResult again = bench.backUp("disk", "2", CONTENT);

        for (PackId pack : before) {
            Files.delete(bench.datastore().directory().resolve(pack.file()));
        }
        assertTrue(again.point().storedBytes() > CONTENT.length);
        assertArrayEquals(CONTENT, bench.restored(again.point()));
        long stored = bench.backUp("disk", "3", CONTENT).point().storedBytes();
        assertEquals(0, stored);
    }

    @Test
    void aBackupStoresAgainWhatIsInPacksThatAreGone() throws Exception {
        bench.backUp("disk", "1", CONTENT);
        for (PackId pack : packs()) {
            Files.delete(bench.datastore().directory().resolve(pack.file()));
        }

        assertArrayEquals(
                CONTENT, bench.restored(bench.backUp("disk", "2", CONTENT).point()));
    }

    @Test
    void aBackupWhoseLeaseWasRemovedCommitsNothing() throws Exception {
        Watch watch = Steps.once(() -> {
            for (String lease : files.list(Leases.DIRECTORY)) {
                files.delete(Leases.DIRECTORY + "/" + lease);
            }
        });

        assertThrows(
                FileSystemException.class,
                () -> bench.datastore().backUp(Workbench.request("disk", "1"), new FakeDisk(CONTENT), watch));

        assertEquals(List.of(), bench.datastore().recoveryPoints());
        bench.backUp("disk", "1", CONTENT);
    }

    @Test
    void restoresFromADatastoreWhereNoLeaseCanBeTaken() throws Exception {
        RecoveryPoint point = bench.backUp("disk", "1", CONTENT).point();
        Path leases = bench.datastore().directory().resolve(Leases.DIRECTORY);
        Files.delete(leases);
        Files.createFile(leases);

        assertArrayEquals(CONTENT, bench.restored(point));
        assertThrows(IOException.class, () -> bench.backUp("disk", "2", CONTENT));
    }

    @Test
    void findsChunksThatAreMovedWhileTheyAreRestored() throws Exception {
        RecoveryPoint point = bench.backUp("disk", "1", CONTENT).point();
        NavigableSet<PackId> old = packs();
        Watch watch = Steps.once(() -> {
            // As a collector does: copy, then delete. Another disk with the same content makes the copy.
            new Epochs(files).publish(new Epoch(1, old, List.of()), "collector");
            Datastore other = Datastore.open(bench.datastore().directory(), bench.key());
            other.backUp(
                    new BackupRequest("other", new RecoveryPointId("1"), NOON, "s"), new FakeDisk(CONTENT), Watch.NONE);
            for (PackId pack : old) {
                files.delete(pack.file());
            }
        });
        MemoryTarget[] target = new MemoryTarget[1];

        bench.datastore().restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, watch);

        assertArrayEquals(CONTENT, target[0].content);
        assertFalse(files.exists(old.first().file()));
    }

    @Test
    void refusesToRestoreWhatWasRemoved() throws Exception {
        RecoveryPoint point = bench.backUp("disk", "1", CONTENT).point();
        bench.datastore().removeRecoveryPoint("disk", point.id());

        assertThrows(PointNotFoundException.class, () -> bench.restored(point));
        assertEquals(List.of(), others());
    }
}
