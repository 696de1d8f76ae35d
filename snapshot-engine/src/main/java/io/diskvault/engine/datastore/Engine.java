package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.PointNotFoundException;
import io.diskvault.engine.backup.BackupWorker;
import io.diskvault.engine.backup.ChangesBackup;
import io.diskvault.engine.backup.DiskBackup;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.collect.CollectStore;
import io.diskvault.engine.collect.Collector;
import io.diskvault.engine.collect.UniqueBytes;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.lease.Epochs;
import io.diskvault.engine.lease.Lease;
import io.diskvault.engine.lease.Leases;
import io.diskvault.engine.lease.ProtectedTree;
import io.diskvault.engine.lease.Purpose;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestDiff;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.manifest.NodeReader;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.restore.DamagedRanges;
import io.diskvault.engine.restore.DiskRestore;
import io.diskvault.engine.restore.KnownDamage;
import io.diskvault.engine.restore.ManifestDisk;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.restore.RestoreTarget;
import io.diskvault.engine.restore.RestoreWorker;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.store.ChunkReader;
import io.diskvault.engine.store.ChunkWriter;
import io.diskvault.engine.store.UnusablePlaces;
import io.diskvault.engine.verify.ComparisonWorker;
import io.diskvault.engine.verify.DamagedLists;
import io.diskvault.engine.verify.DiskComparison;
import io.diskvault.engine.verify.Mismatch;
import io.diskvault.engine.verify.Verification;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the backups and restores of one datastore: which base, in which order, and what is committed when.
final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final int VERIFICATION_NAME_BYTES = 16;

    private final Path path;
    private final Directory directory;
    private final DataKey key;
    private final Randomness randomness;
    private final ChunkSize chunkSize;
    private final int chunkBytes;
    private final EngineLimits limits;
    private final PointRecords records;
    private final ChunkIndex index;
    private final Leases leases;
    private final Epochs epochs;

    Engine(Datastore.Place place, DataKey key, ChunkSize chunkSize, PointRecords records) {
        this.path = place.path();
        this.directory = place.directory();
        this.key = key;
        this.randomness = place.randomness();
        this.chunkSize = chunkSize;
        this.chunkBytes = chunkSize.bytes();
        this.limits = place.limits().apply(chunkSize);
        this.records = records;
        this.index = new ChunkIndex(place.directory(), place.path().toString());
        // Names of leases are nowhere kept, so they come from a source of their own.
        this.epochs = new Epochs(place.directory());
        this.leases = new Leases(place.directory(), epochs, Randomness.secure());
    }

    BackupResult backUp(BackupRequest request, DiskSource source, Watch watch) throws IOException, DatastoreException {
        Optional<RecoveryPoint> earlier = records.find(request.disk(), request.id());
        if (earlier.isPresent()) {
            return adopted(earlier.get());
        }
        try (Lease lease = leases.take(Purpose.BACKUP, Optional.empty())) {
            return backUp(request, source, lease, watch);
        }
    }

    private BackupResult backUp(BackupRequest request, DiskSource source, Lease lease, Watch watch)
            throws IOException, DatastoreException {
        // Chosen when the lease is held, so that its packs are not about to go already. It is only compared with:
        // should it go all the same, what cannot be read of it counts as changed.
        Optional<RecoveryPoint> base = baseFor(request);
        // After the base was read: so all its chunks are in what is read now. And after the lease was taken: so a pack
        // that is named, exists and is not condemned stays until the lease is given up.
        index.refresh();
        UnusablePlaces unusable = new DamagedLists(directory).places();
        lease.epoch().condemned().forEach(unusable::condemn);
        Ticker ticker = new Ticker(watch, "The backup of " + request.disk(), dataBytes(source));
        ticker.tick(0);
        try (ChunkWriter writer =
                new ChunkWriter(directory, index, unusable, key, randomness, chunkBytes, limits.store())) {
            DiskBackup.Result result = new DiskBackup(
                            source,
                            shape(source.sizeBytes()),
                            writer,
                            () -> new BackupWorker(key, chunkBytes, reader(unusable)))
                    .run(base.map(this::manifest), limits.workers(), ticker::tick);
            writer.commit();
            ticker.tick(result.readBytes());
            RecoveryPoint point = new RecoveryPoint(
                    request.id(),
                    request.disk(),
                    request.snapshotTime(),
                    base.map(RecoveryPoint::id),
                    request.sourceId(),
                    ChangeDetection.FULL_READ,
                    source.sizeBytes(),
                    result.usedBytes(),
                    result.changedBytes(),
                    writer.storedBytes(),
                    result.root(),
                    source.changedSinceOpened());
            lease.check();
            return committed(point, result.readBytes(), writer.healedChunks(), watch);
        }
    }

    BackupResult keep(BackupRequest request, PointOverlay overlay, Watch watch) throws IOException, DatastoreException {
        Optional<RecoveryPoint> earlier = records.find(request.disk(), request.id());
        if (earlier.isPresent()) {
            return adopted(earlier.get());
        }
        return overlay.standingStill(() -> {
            try (Lease lease = leases.take(Purpose.BACKUP, Optional.empty())) {
                return canTakeOver(overlay.base(), lease)
                        ? keepChanges(request, overlay, lease, watch)
                        : backUp(request, new OverlaySource(overlay), lease, watch);
            }
        });
    }

    /// Whether every chunk of a recovery point has a place that stays as long as a lease, without a look at each: the
    /// point is there, or held, now that the lease is, and no pack is left that the lease's epoch condemns.
    private boolean canTakeOver(PointDisk base, Lease lease) throws IOException, DatastoreException {
        for (PackId pack : lease.epoch().condemned()) {
            if (directory.exists(pack.file())) {
                return false;
            }
        }
        RecoveryPoint point = base.point();
        return base.isHeld()
                || records.find(point.disk(), point.id()).filter(point::equals).isPresent();
    }

    private BackupResult keepChanges(BackupRequest request, PointOverlay overlay, Lease lease, Watch watch)
            throws IOException, DatastoreException {
        RecoveryPoint base = overlay.base().point();
        index.refresh();
        UnusablePlaces unusable = new DamagedLists(directory).places();
        Ticker ticker = new Ticker(watch, "Keeping the changes to " + base.disk(), overlay.changedBytes());
        ticker.tick(0);
        try (ChunkWriter writer =
                new ChunkWriter(directory, index, unusable, key, randomness, chunkBytes, limits.store())) {
            ChangesBackup.Result result = new ChangesBackup(
                            overlay.changes(),
                            manifest(base),
                            writer,
                            () -> new BackupWorker(key, chunkBytes, reader(unusable)))
                    .run(limits.workers(), ticker::tick);
            writer.commit();
            ticker.tick(result.readBytes());
            RecoveryPoint point = new RecoveryPoint(
                    request.id(),
                    request.disk(),
                    request.snapshotTime(),
                    Optional.of(base.id()),
                    request.sourceId(),
                    ChangeDetection.OVERLAY,
                    base.logicalBytes(),
                    Math.max(0, base.usedBytes() + result.moreUsedBytes()),
                    result.changedBytes(),
                    writer.storedBytes(),
                    result.root(),
                    false);
            lease.check();
            return committed(point, result.readBytes(), writer.healedChunks(), watch);
        } catch (CorruptDatastoreException e) {
            throw e.toBeVerified(path.toString());
        }
    }

    private BackupResult committed(RecoveryPoint point, long readBytes, long healedChunks, Watch watch)
            throws IOException, DatastoreException {
        try {
            records.commit(point);
            index.mergeWhereMany(randomness, watch::progress);
            if (healedChunks > 0) {
                LOG.info("The backup of {} stored {} damaged chunks anew.", point.disk(), healedChunks);
            }
            return new BackupResult(point, false, readBytes, healedChunks);
        } catch (FileAlreadyExistsException e) {
            RecoveryPoint other = records.find(point.disk(), point.id()).orElseThrow(() -> e);
            return adopted(other);
        }
    }

    private BackupResult adopted(RecoveryPoint point) throws IOException {
        records.makeNamesDurable(point.disk());
        return new BackupResult(point, true, 0, 0);
    }

    private Optional<RecoveryPoint> baseFor(BackupRequest request) throws IOException {
        PointListing listing = records.list(request.disk());
        listing.unreadable().forEach(damaged -> LOG.warn("Not taken as a base: {}", damaged.getMessage()));
        return listing.points().stream()
                .filter(point -> point.sourceId().equals(request.sourceId()))
                .findFirst();
    }

    private static long dataBytes(DiskSource source) throws IOException {
        long bytes = 0;
        Optional<Extent> extent = source.dataFrom(0);
        while (extent.isPresent()) {
            bytes += extent.get().length();
            extent = source.dataFrom(extent.get().end());
        }
        return bytes;
    }

    RestoreResult restore(RecoveryPoint point, Path targetPath, RestoreOptions options, Watch watch)
            throws IOException, DatastoreException {
        return restore(
                point, size -> RestoreTarget.open(targetPath, size, options, randomness), options.onDamage(), watch);
    }

    RestoreResult restore(
            RecoveryPoint point, RestoreTarget.Opener opener, RestoreOptions.OnDamage onDamage, Watch watch)
            throws IOException, DatastoreException {
        try (Lease _ = readingLease(Purpose.RESTORE, tree(existing(point)))) {
            // Once more: if it was removed before the lease could be seen, its chunks may go at any moment.
            return restoreHeld(existing(point), opener, onDamage, watch);
        }
    }

    private RecoveryPoint existing(RecoveryPoint point) throws IOException, DatastoreException {
        return records.find(point.disk(), point.id())
                .orElseThrow(() -> new PointNotFoundException(subject(point)
                        + " does not exist, or not any more. List the recovery points and choose another one."));
    }

    private static String subject(RecoveryPoint point) {
        return "Recovery point " + point.id() + " of " + point.disk();
    }

    /// A lease for those who only read. Without one all that can happen is that chunks are deleted while they are
    /// read, after the recovery point was removed; that is noticed. So it is no reason to refuse a restore that the
    /// datastore is read-only, full, or cannot lock files.
    private @Nullable Lease readingLease(Purpose purpose, Optional<ProtectedTree> tree) throws DatastoreException {
        try {
            return leases.take(purpose, tree);
        } catch (IOException | CorruptDatastoreException e) {
            LOG.info("No lease to {} could be taken: {}", purpose, e.toString());
            return null;
        }
    }

    static Optional<ProtectedTree> tree(RecoveryPoint point) {
        return point.manifestRoot().map(root -> new ProtectedTree(root, point.logicalBytes()));
    }

    private RestoreResult restoreHeld(
            RecoveryPoint current, RestoreTarget.Opener opener, RestoreOptions.OnDamage onDamage, Watch watch)
            throws IOException, DatastoreException {
        // After the record was read: so all its chunks are in what is read now.
        index.refresh();
        Ticker ticker = new Ticker(watch, "The restore of " + current.disk(), current.usedBytes());
        ticker.tick(0);
        UnusablePlaces damaged = new DamagedLists(directory).places();
        try (RestoreTarget target = opener.open(current.logicalBytes())) {
            if (target.isResumed()) {
                watch.resumed();
            }
            DiskRestore restore = new DiskRestore(
                    manifest(current), subject(current), target, onDamage, () -> restoreWorker(damaged));
            DiskRestore.Result result = run(restore, current, target, ticker, watch);
            target.commit();
            return new RestoreResult(
                    current.logicalBytes(),
                    result.writtenBytes(),
                    result.keptBytes(),
                    target.isResumed(),
                    result.damaged());
        } catch (CorruptDatastoreException e) {
            throw e.toBeVerified(path.toString());
        }
    }

    private DiskRestore.Result run(
            DiskRestore restore, RecoveryPoint point, RestoreTarget target, Ticker ticker, Watch watch)
            throws IOException, DatastoreException {
        try {
            DiskRestore.Result result =
                    restore.run(target.held().isPresent() ? limits.readers() : limits.restoreWorkers(), ticker::tick);
            ticker.tick(point.usedBytes());
            return result;
        } catch (CancellationException stopped) {
            if (watch.continued()) {
                target.leave();
            }
            throw stopped;
        }
    }

    /// @param enough says whether there is no more time
    KnownDamage.Result knownDamage(RecoveryPoint point, BooleanSupplier enough) throws IOException, DatastoreException {
        RecoveryPoint current = existing(point);
        UnusablePlaces noted = new DamagedLists(directory).places();
        if (!noted.hasDamage()) {
            DamagedRanges none = new DamagedRanges(List.of(), 0, 0, Optional.empty());
            return new KnownDamage.Result(none, current.logicalBytes());
        }
        try (Lease _ = readingLease(Purpose.RESTORE, tree(current))) {
            existing(point);
            index.refresh();
            try (RestoreWorker worker = restoreWorker(noted)) {
                return new KnownDamage(manifest(current), index, noted, worker).run(enough);
            }
        }
    }

    private RestoreWorker restoreWorker(UnusablePlaces damaged) {
        return new RestoreWorker(reader(damaged), key, chunkBytes);
    }

    DiffResult diff(RecoveryPoint from, RecoveryPoint to, Consumer<ChangedRange> ranges, Watch watch)
            throws IOException, DatastoreException {
        try (Lease _ = readingLease(Purpose.RESTORE, tree(existing(from)));
                Lease _ = readingLease(Purpose.RESTORE, tree(existing(to)))) {
            RecoveryPoint earlier = existing(from);
            RecoveryPoint later = existing(to);
            index.refresh();
            Ticker ticker = new Ticker(watch, "The comparison", later.logicalBytes());
            ChangedRanges changed = new ChangedRanges(shape(later.logicalBytes()), ranges);
            try (ChunkReader reader = reader(new DamagedLists(directory).places())) {
                long nodesRead = new ManifestDiff(
                                manifest(earlier),
                                manifest(later),
                                new NodeReader(reader, chunkBytes),
                                changed,
                                block -> ticker.tick(block * chunkBytes))
                        .run();
                return changed.finish(earlier.logicalBytes(), nodesRead);
            } catch (CorruptDatastoreException e) {
                throw e.within(subject(earlier) + " or " + later.id()).toBeVerified(path.toString());
            }
        }
    }

    Mismatch compare(RecoveryPoint point, DiskSource disk, Watch watch) throws IOException, DatastoreException {
        try (Lease _ = readingLease(Purpose.VERIFY, tree(existing(point)))) {
            RecoveryPoint current = existing(point);
            index.refresh();
            Ticker ticker = new Ticker(watch, "The comparison of " + current.disk(), current.usedBytes());
            ticker.tick(0);
            UnusablePlaces damaged = new DamagedLists(directory).places();
            return new DiskComparison(
                            manifest(current), disk, () -> new ComparisonWorker(reader(damaged), key, chunkBytes))
                    .run(limits.workers(), ticker::tick);
        } catch (CorruptDatastoreException e) {
            throw e.toBeVerified(path.toString());
        }
    }

    PointDisk openPoint(RecoveryPoint point, String datastoreId) throws IOException, DatastoreException {
        Lease lease = readingLease(Purpose.RESTORE, tree(existing(point)));
        try {
            // In the order of a restore, and for the same reasons.
            RecoveryPoint current = existing(point);
            index.refresh();
            UnusablePlaces damaged = new DamagedLists(directory).places();
            ManifestDisk disk = new ManifestDisk(
                    manifest(current), subject(current), () -> restoreWorker(damaged), limits.readers());
            return new PointDisk(current, disk, chunkBytes, Optional.ofNullable(lease), path.toString(), datastoreId);
        } catch (IOException | DatastoreException | RuntimeException e) {
            if (lease != null) {
                lease.close();
            }
            throw e;
        }
    }

    CollectResult collect(CollectOptions options, Watch watch) throws IOException, DatastoreException {
        Ticker ticker = new Ticker(watch, "The collection", 0);
        CollectStore.Points points = () -> needed(options.dryRun() ? records.list() : records.listDurably());
        CollectStore store =
                new CollectStore(directory, index, key, randomness, chunkBytes, limits.store(), leases, epochs, points);
        Collector collector = new Collector(store, options, ticker::tick, ticker::look);
        return options.dryRun() ? collector.rehearse() : collector.collect();
    }

    DiskUsage usage(String disk, Watch watch) throws IOException, DatastoreException {
        // What is condemned while this looks stays until it is over.
        try (Lease _ = readingLease(Purpose.VERIFY, Optional.empty())) {
            List<RecoveryPoint> points = records.list().complete();
            // After the points were listed: so all their chunks are in it.
            index.refresh();
            try (ChunkReader reader = reader(new DamagedLists(directory).places())) {
                Ticker ticker = new Ticker(watch, "Looking for what is shared", 0);
                return DiskUsage.of(disk, points, new UniqueBytes(index.view(), reader, chunkBytes, ticker::look));
            } catch (CorruptDatastoreException e) {
                throw e.toBeVerified(path.toString());
            }
        }
    }

    private static List<ProtectedTree> needed(PointListing listing) throws DatastoreException {
        // A record that cannot be read may need anything; its message says what to do about it.
        return listing.complete().stream()
                .flatMap(point -> tree(point).stream())
                .toList();
    }

    VerifyResult verify(String datastoreId, VerifyOptions options, Watch watch) throws IOException, DatastoreException {
        // Before anything is read: so what is condemned later stays until this is over.
        try (Lease _ = readingLease(Purpose.VERIFY, Optional.empty())) {
            return verifyHeld(datastoreId, options, watch);
        }
    }

    private VerifyResult verifyHeld(String datastoreId, VerifyOptions options, Watch watch)
            throws IOException, DatastoreException {
        RecordCheck recordCheck = new RecordCheck(directory, records, chunkSize);
        recordCheck.run(path.toString(), datastoreId);
        String name = HexFormat.of().formatHex(randomness.bytes(VERIFICATION_NAME_BYTES));
        try (Verification verification = new Verification(
                directory, key, chunkBytes, options, recordCheck.points(), recordCheck.findings(), name)) {
            Ticker ticker = new Ticker(watch, "The verification of " + path, verification.totalBytes());
            return verification.run(limits.workers(), ticker::tick);
        }
    }

    private ChunkReader reader(UnusablePlaces damaged) {
        return new ChunkReader(directory, index, key, chunkBytes, damaged);
    }

    private Manifest manifest(RecoveryPoint point) {
        return new Manifest(shape(point.logicalBytes()), point.manifestRoot());
    }

    private ManifestShape shape(long diskBytes) {
        return new ManifestShape(chunkBytes, diskBytes);
    }
}
