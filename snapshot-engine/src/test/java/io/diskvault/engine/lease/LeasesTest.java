package io.diskvault.engine.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.Operation;
import io.diskvault.engine.storage.OutputFile;
import io.diskvault.engine.storage.PowerLossDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LeasesTest {

    private static final ProtectedTree TREE = new ProtectedTree(new ChunkId(1, 2, 3, 4), 5_000_000);
    private static final PackId PACK = new PackId(7, 8);

    private PowerLossDirectory directory = new PowerLossDirectory();

    private Epochs epochs() {
        return new Epochs(directory);
    }

    private static Leases leasesIn(Directory directory) {
        return new Leases(directory, new Epochs(directory), Randomness.secure());
    }

    private Lease take(Purpose purpose) throws Exception {
        return leasesIn(directory).take(purpose, Optional.empty());
    }

    private static Epoch condemning(long number, PackId... packs) {
        return new Epoch(number, new TreeSet<>(Set.of(packs)), List.of());
    }

    @Test
    void showsOthersWhatALeaseIsForUntilItIsGivenUp() throws Exception {
        epochs().publish(condemning(1, PACK), "writer");
        Leases leases = leasesIn(directory);
        try (Lease own = take(Purpose.COLLECT)) {
            assertEquals(List.of(), leases.othersThan(own));
            Lease restore = leases.take(Purpose.RESTORE, Optional.of(TREE));

            List<LiveLease> others = leases.othersThan(own);

            assertEquals(
                    List.of(new LiveLease(
                            restore.file(),
                            1,
                            Optional.of(Purpose.RESTORE),
                            false,
                            Optional.of(TREE),
                            OptionalLong.of(ProcessHandle.current().pid()))),
                    others);
            assertTrue(own.epoch().forbids(PACK));
            restore.check();
            restore.close();
            assertEquals(List.of(), leases.othersThan(own));
        }
        assertEquals(List.of(), directory.list(Leases.DIRECTORY));
    }

    @Test
    void removesTheLeasesOfTheDead() throws Exception {
        Lease dead = take(Purpose.BACKUP);
        directory = PowerLossDirectory.copyOf(directory, (number, operation) -> {});
        assertTrue(directory.exists(dead.file()));

        try (Lease own = take(Purpose.COLLECT)) {
            assertEquals(List.of(), leasesIn(directory).othersThan(own));
        }

        assertFalse(directory.exists(dead.file()));
    }

    @Test
    void assumesTheWorstOfALeaseThatCannotBeRead() throws Exception {
        directory.createDirectory(Leases.DIRECTORY);
        String file = Leases.DIRECTORY + "/0123456789abcdef0123456789abcdef.lease";
        OutputFile unfinished = directory.createLocked(file);
        LiveLease worst = new LiveLease(file, 0, Optional.empty(), true, Optional.empty(), OptionalLong.empty());
        try (Lease own = take(Purpose.COLLECT)) {
            assertEquals(List.of(worst), leasesIn(directory).othersThan(own));
            unfinished.write(ByteBuffer.wrap(new byte[70]), 0);
            assertEquals(List.of(worst), leasesIn(directory).othersThan(own));
            unfinished.close();
            assertEquals(List.of(), leasesIn(directory).othersThan(own));
        }
    }

    @Test
    void startsOverWhenTheEpochMovesWhileALeaseIsTaken() throws Exception {
        AtomicBoolean moved = new AtomicBoolean();
        PowerLossDirectory[] files = new PowerLossDirectory[1];
        files[0] = new PowerLossDirectory((number, operation) -> {
            boolean leaseWritten =
                    operation.kind() == Operation.Kind.WRITE && operation.name().startsWith(Leases.DIRECTORY);
            if (leaseWritten && !moved.getAndSet(true)) {
                new Epochs(files[0]).publish(condemning(1, PACK), "collector");
            }
        });

        try (Lease lease = leasesIn(files[0]).take(Purpose.BACKUP, Optional.empty())) {
            assertTrue(moved.get());
            assertEquals(1, lease.epoch().number());
            assertTrue(lease.epoch().forbids(PACK));
            assertEquals(1, files[0].list(Leases.DIRECTORY).size());
        }
    }

    @Test
    void noticesThatItsFileWasRemoved() throws Exception {
        try (Lease lease = take(Purpose.BACKUP)) {
            directory.delete(lease.file());

            FileSystemException error = assertThrows(FileSystemException.class, lease::check);

            assertEquals(lease.file(), error.getFile());
        }
    }

    @Test
    void leavesNoLeaseWhenItCannotBeWritten() throws IOException {
        directory = new PowerLossDirectory((number, operation) -> {
            if (operation.kind() == Operation.Kind.WRITE) {
                throw new IOException("No space left on device");
            }
        });

        IOException error = assertThrows(IOException.class, () -> take(Purpose.BACKUP));

        assertEquals("No space left on device", error.getMessage());
        assertEquals(List.of(), directory.list(Leases.DIRECTORY));
    }

    @Test
    void makesEachEpochOnceAndKeepsTheLastOnly() throws Exception {
        assertEquals(0, epochs().currentNumber());
        assertEquals(Optional.of(Epoch.FIRST), epochs().read(0));
        epochs().publish(condemning(1, PACK), "a");

        assertThrows(FileAlreadyExistsException.class, () -> epochs().publish(condemning(1), "b"));

        epochs().publish(condemning(2), "a");
        epochs().deleteBefore(2);
        assertEquals(2, epochs().currentNumber());
        assertEquals(Optional.empty(), epochs().read(1));
        assertEquals(Optional.of(condemning(2)), epochs().read(2));
        assertEquals(1, directory.list(Epochs.DIRECTORY).size());
    }

    @Test
    void takesNoLeaseAtAnEpochThatCannotBeRead() throws Exception {
        directory.createDirectory(Epochs.DIRECTORY);
        directory.create(Epochs.fileOf(3)).close();

        CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, () -> take(Purpose.BACKUP));

        assertTrue(error.getMessage().contains(Epochs.fileOf(3)), error.getMessage());
    }
}
