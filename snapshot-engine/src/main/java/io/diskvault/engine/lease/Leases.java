package io.diskvault.engine.lease;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The leases of a datastore. Thread-safe.
public final class Leases {

    public static final String DIRECTORY = "leases";
    static final String SUFFIX = ".lease";
    private static final int NAME_BYTES = 16;

    /// Nobody makes that many epochs, or hits that many names, in the time that a lease takes.
    private static final int ATTEMPTS_MAX = 100;

    private final Directory directory;
    private final Epochs epochs;
    private final Randomness randomness;

    public Leases(Directory directory, Epochs epochs, Randomness randomness) {
        this.directory = directory;
        this.epochs = epochs;
        this.randomness = randomness;
    }

    /// Takes a lease at the current epoch. Everything that its owner relies on must be looked at afterwards.
    ///
    /// @param tree what must stay readable
    /// @throws DatastoreException when the epoch cannot be read
    public Lease take(Purpose purpose, Optional<ProtectedTree> tree) throws IOException, DatastoreException {
        return take(purpose, tree, epochs::read);
    }

    /// Takes a lease for a collector that puts an epoch whose file cannot be read behind the datastore. What its
    /// epoch condemns is not known.
    public Lease takeForRepair() throws IOException, DatastoreException {
        return take(
                Purpose.COLLECT,
                Optional.empty(),
                number -> Optional.of(new Epoch(number, new TreeSet<>(), List.of())));
    }

    @FunctionalInterface
    private interface EpochReader {
        Optional<Epoch> read(long number) throws IOException, DatastoreException;
    }

    private Lease take(Purpose purpose, Optional<ProtectedTree> tree, EpochReader reader)
            throws IOException, DatastoreException {
        directory.createDirectory(DIRECTORY);
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            Optional<Epoch> epoch = reader.read(epochs.currentNumber());
            if (epoch.isPresent()) {
                Optional<Lease> lease = attempt(
                        new LeaseFile(
                                epoch.get().number(),
                                purpose,
                                tree,
                                ProcessHandle.current().pid()),
                        epoch.get());
                if (lease.isPresent()) {
                    return lease.get();
                }
            }
        }
        throw new FileSystemException(
                DIRECTORY, null, "No lease could be taken in " + ATTEMPTS_MAX + " attempts. Try again");
    }

    private Optional<Lease> attempt(LeaseFile content, Epoch epoch) throws IOException {
        String file = DIRECTORY + "/" + HexFormat.of().formatHex(randomness.bytes(NAME_BYTES)) + SUFFIX;
        OutputFile locked;
        try {
            locked = directory.createLocked(file);
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
        Lease lease = new Lease(directory, file, locked, epoch);
        try {
            locked.write(content.encode(), 0);
            // Only now: who makes the next epoch after this look will see the lease.
            if (epochs.currentNumber() == epoch.number()) {
                return Optional.of(lease);
            }
        } catch (IOException e) {
            lease.close();
            throw e;
        }
        lease.close();
        return Optional.empty();
    }

    /// The leases whose owners live, except one's own. Those of dead owners are removed.
    public List<LiveLease> othersThan(Lease own) throws IOException {
        List<LiveLease> live = new ArrayList<>();
        for (String name : directory.list(DIRECTORY)) {
            String file = DIRECTORY + "/" + name;
            if (name.endsWith(SUFFIX) && !file.equals(own.file()) && !directory.deleteAbandoned(file)) {
                read(file).ifPresent(live::add);
            }
        }
        return live;
    }

    private Optional<LiveLease> read(String file) throws IOException {
        try (InputFile input = directory.open(file)) {
            return Optional.of(LiveLease.of(file, LeaseFile.decode(input.readAll(LeaseFile.BYTES_MAX), file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DatastoreException e) {
            return Optional.of(LiveLease.unreadable(file));
        }
    }
}
