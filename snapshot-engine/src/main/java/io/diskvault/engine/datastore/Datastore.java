package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.DatastoreExistsException;
import io.diskvault.engine.NotADatastoreException;
import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.index.IndexRebuild;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.lease.Epochs;
import io.diskvault.engine.lease.Lease;
import io.diskvault.engine.lease.Leases;
import io.diskvault.engine.lease.Purpose;
import io.diskvault.engine.overlay.OverlayHeader;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.restore.KnownDamage;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.restore.RestoreTarget;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.WholeFile;
import io.diskvault.engine.verify.Mismatch;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import io.diskvault.engine.work.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/// A place where recovery points of disks are kept. Safe for use by many threads; the package says what may overlap.
///
/// Opening writes nothing, so a datastore on a read-only file system can be listed and restored from.
public final class Datastore implements AutoCloseable {

    private static final String UNFINISHED = DatastoreFile.NAME + ".unfinished";

    private final Path path;
    private final DatastoreFile description;
    private final PointRecords records;
    private final Engine engine;
    private final DatastoreKeys keys;

    private Datastore(Place place, DatastoreFile description, SealedKeys sealedKeys, SealedKeys.Opened opened) {
        DataKey key = opened.dataKey();
        this.path = place.path;
        this.description = description;
        this.keys = new DatastoreKeys(sealedKeys, description, opened, place.randomness);
        this.records = new PointRecords(place.directory, key, place.randomness);
        this.engine = new Engine(place, key, description.chunkSize(), records);
    }

    /// What a datastore stands on. Only tests bring one of their own.
    ///
    /// @param path what to call it in messages
    record Place(Path path, Directory directory, Randomness randomness, Function<ChunkSize, EngineLimits> limits) {

        private static Place at(Path path) {
            return new Place(path, new LocalDirectory(path), Randomness.secure(), EngineLimits::forMachine);
        }
    }

    /// Creates a datastore in a directory that does not exist or is empty.
    ///
    /// @param key opens the datastore from now on; nothing else does, unless it is added later
    /// @throws IllegalArgumentException when the key is a passphrase and too short
    public static Datastore create(Path directory, ChunkSize chunkSize, DatastoreKey key)
            throws IOException, DatastoreException {
        Files.createDirectories(directory);
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            new LocalDirectory(parent).syncDirectory("");
        }
        return create(Place.at(directory), chunkSize, key);
    }

    static Datastore create(Place place, ChunkSize chunkSize, DatastoreKey key) throws IOException, DatastoreException {
        DatastoreKeys.requireLongEnough(key);
        Path path = place.path;
        Directory directory = place.directory;
        SealedKeys keys = new SealedKeys(directory, path);
        requireUnused(path, directory, keys);
        directory.delete(UNFINISHED);
        DataKey dataKey = DataKey.create(place.randomness);
        DatastoreFile description = DatastoreFile.create(chunkSize, place.randomness);
        SealedKeyFile sealed = SealedKeyFile.create(description, dataKey, key, "", place.randomness);
        keys.prepare();
        keys.publish(sealed);
        try {
            // The commit point: what has no description is no datastore, and keys of another one are nobody's.
            WholeFile.publish(directory, UNFINISHED, DatastoreFile.NAME, ByteBuffer.wrap(description.encode()));
        } catch (FileAlreadyExistsException e) {
            keys.remove(sealed.key().id());
            throw new DatastoreExistsException(path + " is being made a datastore by somebody else at this moment.");
        }
        directory.syncDirectory("");
        return new Datastore(place, description, keys, new SealedKeys.Opened(sealed, dataKey));
    }

    /// A creation that was cut off may have left a temporary file and a key of no datastore; anything else is
    /// somebody's.
    private static void requireUnused(Path path, Directory directory, SealedKeys keys)
            throws IOException, DatastoreException {
        List<String> names = directory.list("");
        if (names.contains(DatastoreFile.NAME)) {
            throw new DatastoreExistsException(path + " already is a datastore. Open it, or choose another directory.");
        }
        if (names.stream().anyMatch(name -> !name.equals(UNFINISHED) && !name.equals(SealedKeys.DIRECTORY))
                || !keys.isUnused()) {
            throw new DatastoreExistsException(
                    path + " is not empty. Choose a directory that is empty or does not exist.");
        }
    }

    /// Opens a datastore.
    ///
    /// @throws WrongKeyException when the key does not open it; nothing else was read then
    /// @throws CorruptDatastoreException when a file that is needed to open it is damaged
    public static Datastore open(Path directory, DatastoreKey key) throws IOException, DatastoreException {
        return open(Place.at(directory), key);
    }

    static Datastore open(Place place, DatastoreKey key) throws IOException, DatastoreException {
        DatastoreFile description = describe(place);
        SealedKeys keys = new SealedKeys(place.directory, place.path);
        return new Datastore(place, description, keys, keys.open(description, key));
    }

    private static DatastoreFile describe(Place place) throws IOException, DatastoreException {
        byte[] content;
        try (InputFile file = place.directory.open(DatastoreFile.NAME)) {
            content = file.readAll(DatastoreFile.BYTES_MAX);
        } catch (NoSuchFileException e) {
            throw new NotADatastoreException(
                    place.path + " is not a datastore: it has no " + DatastoreFile.NAME + ". Create one there first.");
        }
        return DatastoreFile.decode(content, place.path.toString());
    }

    /// Makes the index of a datastore anew from its packs, without its key. What can be read of the old index is kept;
    /// damaged parts of it go when the new one is durable. May run beside everything else, and be cut off anywhere.
    ///
    /// @param watch is told packs instead of bytes
    /// @throws CancellationException when the watch says so; then the index is no worse than before
    public static IndexRebuildResult rebuildIndex(Path directory, Watch watch) throws IOException, DatastoreException {
        return rebuildIndex(Place.at(directory), watch);
    }

    static IndexRebuildResult rebuildIndex(Place place, Watch watch) throws IOException, DatastoreException {
        describe(place);
        Leases leases = new Leases(place.directory, new Epochs(place.directory), Randomness.secure());
        try (Lease _ = leases.take(Purpose.REBUILD, Optional.empty())) {
            IndexRebuild.Result result = new IndexRebuild(place.directory, place.randomness).run((done, total) -> {
                watch.progress(done, total);
                if (watch.cancelled()) {
                    throw new CancellationException("Rebuilding the index was cancelled.");
                }
            });
            return new IndexRebuildResult(
                    result.packs(),
                    result.entries(),
                    result.unreadablePacks().stream().map(PackId::file).toList(),
                    result.removedFragments());
        }
    }

    /// The keys that open a datastore, which can be seen without any.
    public static KeyListing keys(Path directory) throws IOException, DatastoreException {
        Place place = Place.at(directory);
        return new SealedKeys(place.directory, place.path).find(describe(place)).listing();
    }

    /// The keys that open this datastore, to change them.
    public DatastoreKeys keys() {
        return keys;
    }

    public String id() {
        return description.id();
    }

    public ChunkSize chunkSize() {
        return description.chunkSize();
    }

    public Path directory() {
        return path;
    }

    /// The recovery points of all disks, newest first.
    ///
    /// @throws DatastoreException when a record cannot be read; [#listPoints()] gives the others all the same
    public List<RecoveryPoint> recoveryPoints() throws IOException, DatastoreException {
        return records.list().complete();
    }

    /// The recovery points of one disk, newest first; none for a disk that was never backed up.
    ///
    /// @throws DatastoreException when a record cannot be read; [#listPoints()] gives the others all the same
    public List<RecoveryPoint> recoveryPoints(String disk) throws IOException, DatastoreException {
        return records.list(disk).complete();
    }

    /// The recovery points of all disks whose records can be read, and what is wrong with the other records.
    public PointListing listPoints() throws IOException {
        return records.list();
    }

    public Optional<RecoveryPoint> recoveryPoint(String disk, RecoveryPointId id)
            throws IOException, DatastoreException {
        return records.find(disk, id);
    }

    /// Removes a recovery point for good. The chunks that only it needed stay until they are collected.
    ///
    /// @return whether it was there; removing it again does nothing
    public boolean removeRecoveryPoint(String disk, RecoveryPointId id) throws IOException {
        return records.remove(disk, id);
    }

    /// Backs up a disk. When this returns, the recovery point is durable.
    ///
    /// If the recovery point exists already, it is given back as it is, and nothing is read or written: so a caller
    /// who
    /// does not know how an earlier attempt ended can simply ask again. What a failed attempt leaves is never
    /// offered
    /// to anyone, except complete chunks, which spare the next attempt their work.
    ///
    /// @throws CancellationException when the watch says so
    public BackupResult backUp(BackupRequest request, DiskSource source, Watch watch)
            throws IOException, DatastoreException {
        return engine.backUp(request, source, watch);
    }

    /// Restores a disk to a file or block device that a path names, and verifies every byte that it writes or leaves.
    ///
    /// A new file appears complete and synced or not at all, with holes where the disk held zeros. What is
    /// written in place, a block device always, is part old and part new when that fails: see [RestoreOptions].
    ///
    /// @throws CancellationException when the watch says so
    public RestoreResult restore(RecoveryPoint point, Path target, RestoreOptions options, Watch watch)
            throws IOException, DatastoreException {
        return engine.restore(point, target, options, watch);
    }

    /// Restores a disk to any target, and verifies every byte that it writes or leaves.
    ///
    /// @param opener is called once, when the point is known to exist; the target is closed in any case
    /// @throws CancellationException when the watch says so
    public RestoreResult restore(
            RecoveryPoint point, RestoreTarget.Opener opener, RestoreOptions.OnDamage onDamage, Watch watch)
            throws IOException, DatastoreException {
        return engine.restore(point, opener, onDamage, watch);
    }

    /// The parts of a recovery point that cannot be restored, as far as verifications have found damage. Where they
    /// have found none, nothing is looked at; otherwise the manifest, and of the content only what is suspect.
    ///
    /// @param enough says, again and again, whether to stop looking and tell what was found so far
    /// @throws DatastoreException when the point does not exist, or not any more
    public KnownDamage.Result knownDamage(RecoveryPoint point, BooleanSupplier enough)
            throws IOException, DatastoreException {
        return engine.knownDamage(point, enough);
    }

    /// Finds what differs between two recovery points, from their manifests alone: it takes as long as much differs,
    /// whatever the size of the disks.
    ///
    /// @param ranges is told where the later point holds something else than the earlier one, in whole chunks,
    ///     from the start of the disk to its end; ranges that touch each other differ in their kind
    /// @param watch is told how far on the later disk it is
    /// @throws CancellationException when the watch says so
    public DiffResult diff(RecoveryPoint from, RecoveryPoint to, Consumer<ChangedRange> ranges, Watch watch)
            throws IOException, DatastoreException {
        return engine.diff(from, to, ranges, watch);
    }

    /// Compares a disk with a recovery point, by the ids of its chunks: every byte of the disk counts, and of the
    /// datastore only the manifest is read.
    ///
    /// @throws CancellationException when the watch says so
    public Mismatch compare(RecoveryPoint point, DiskSource disk, Watch watch) throws IOException, DatastoreException {
        return engine.compare(point, disk, watch);
    }

    /// How much of what is stored the recovery points of one disk have for themselves: what they, and each of them,
    /// would free. Reads the manifests of all disks once, as a collection does.
    ///
    /// @return nothing in it for a disk without recovery points
    /// @throws DatastoreException when a record, a manifest or the index cannot be read
    /// @throws CancellationException when the watch says so; it is told no progress
    public DiskUsage usage(String disk, Watch watch) throws IOException, DatastoreException {
        return engine.usage(disk, watch);
    }

    /// Opens a recovery point to be read in place, in a time that does not depend on its size. While it is open, its
    /// chunks stay, even if the point is removed.
    ///
    /// @throws DatastoreException when the point does not exist, or not any more
    public PointDisk openPoint(RecoveryPoint point) throws IOException, DatastoreException {
        return engine.openPoint(point, description.id());
    }

    /// The recovery point that a file is the overlay of, as the file says.
    ///
    /// @throws OverlayUnusableException when it belongs to another datastore, or does not exist
    /// @throws PointNotFoundException when that recovery point does not exist any more
    public RecoveryPoint baseOf(Path overlay) throws IOException, DatastoreException {
        OverlayHeader header = PointOverlay.header(overlay);
        if (!header.datastore().equals(description.id())) {
            throw new OverlayUnusableException(overlay + " belongs to " + header.subject()
                    + ", and not to this datastore, " + description.id() + ".");
        }
        return records.find(header.disk(), new RecoveryPointId(header.point()))
                .orElseThrow(() -> new PointNotFoundException(overlay + " belongs to " + header.subject()
                        + ", which is not there any more. Without it, nothing can be made of the overlay."));
    }

    /// Makes a recovery point of a disk as it is with an overlay. Writes to the overlay wait meanwhile; the overlay
    /// stays as it is. When this returns, the recovery point is durable.
    ///
    /// Only what was written or cleared is read, and all other parts of the base are taken over, so the time does
    /// not depend on the disk's size. When a collection has just condemned packs and not deleted them yet, or
    /// nothing holds the base any more, everything is read as in a backup.
    /// [RecoveryPoint#changeDetection()] says which.
    ///
    /// If the recovery point exists already, it is given back as it is, as in [#backUp].
    ///
    /// @param request the disk's name may be another one than the base's
    /// @param overlay of a recovery point of this datastore
    /// @throws CancellationException when the watch says so
    public BackupResult keep(BackupRequest request, PointOverlay overlay, Watch watch)
            throws IOException, DatastoreException {
        if (!overlay.base().datastoreId().equals(description.id())) {
            throw new IllegalArgumentException("The overlay belongs to a recovery point of another datastore.");
        }
        return engine.keep(request, overlay, watch);
    }

    /// Gives the space of chunks back that no recovery point needs, beside backups, restores and everything else.
    ///
    /// What is dead is first condemned, so that nobody counts on it any more, and deleted as soon as nobody is at
    /// work who began before that; the result says for whom it waits, and a later collection goes on. It can be
    /// stopped at any moment, and the next one goes on where it was. Of two collections at once one gives up and
    /// says so. The watch is told how far the stages [Stage#MARKING] and [Stage#SWEEPING] are, each time anew.
    ///
    /// @throws DatastoreException when a record, a manifest or the index is damaged, or a chunk is missing: then
    ///     nobody knows what is needed, and nothing is deleted. A dry run says so, too
    /// @throws CancellationException when the watch says so
    public CollectResult collect(CollectOptions options, Watch watch) throws IOException, DatastoreException {
        return engine.collect(options, watch);
    }

    /// Checks whether everything is there that the recovery points need, and is what was stored. May run beside
    /// everything else, and changes nothing but the lists of damaged places.
    ///
    /// What is wrong is in the result, and no exception. Progress counts the bytes of packs and index.
    ///
    /// @throws DatastoreException when a part of the index was written by another version of the program
    /// @throws CancellationException when the watch says so
    public VerifyResult verify(VerifyOptions options, Watch watch) throws IOException, DatastoreException {
        return engine.verify(description.id(), options, watch);
    }

    /// Gives the datastore back. Backups and restores that run go on to their end.
    @Override
    public void close() {}
}
