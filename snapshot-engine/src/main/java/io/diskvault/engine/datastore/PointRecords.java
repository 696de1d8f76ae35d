package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The records of all recovery points: one small file each.
final class PointRecords {

    private static final Logger LOG = LoggerFactory.getLogger(PointRecords.class);

    static final String DIRECTORY = "points";
    static final String SUFFIX = ".point";
    private static final int RANDOM_NAME_BYTES = 4;
    private static final Comparator<RecoveryPoint> NEWEST_FIRST = Comparator.comparing(RecoveryPoint::snapshotTime)
            .thenComparing(point -> point.id().value())
            .reversed();

    private final Directory directory;
    private final DataKey key;
    private final Randomness randomness;

    PointRecords(Directory directory, DataKey key, Randomness randomness) {
        this.directory = directory;
        this.key = key;
        this.randomness = randomness;
    }

    PointListing list() throws IOException {
        List<String> disks = directory.list(DIRECTORY).stream()
                .filter(DiskName::isAllowed)
                .sorted()
                .toList();
        return listed(disks);
    }

    PointListing list(String disk) throws IOException {
        return listed(List.of(DiskName.checked(disk)));
    }

    private PointListing listed(List<String> disks) throws IOException {
        List<RecoveryPoint> points = new ArrayList<>();
        List<DatastoreException> unreadable = new ArrayList<>();
        for (String disk : disks) {
            for (String fileName : directory.list(directoryOf(disk))) {
                try {
                    if (fileName.endsWith(SUFFIX)) {
                        find(disk, idOf(disk, fileName)).ifPresent(points::add);
                    }
                } catch (DatastoreException e) {
                    unreadable.add(e);
                }
            }
        }
        points.sort(NEWEST_FIRST);
        return new PointListing(points, unreadable);
    }

    private static RecoveryPointId idOf(String disk, String fileName) throws CorruptDatastoreException {
        String id = fileName.substring(0, fileName.length() - SUFFIX.length());
        if (!RecoveryPointId.isAllowed(id)) {
            throw new CorruptDatastoreException(directoryOf(disk) + "/" + fileName
                    + " is not the name of a recovery-point record. Remove the file.");
        }
        return new RecoveryPointId(id);
    }

    Optional<RecoveryPoint> find(String disk, RecoveryPointId id) throws IOException, DatastoreException {
        String name = nameOf(DiskName.checked(disk), id);
        byte[] content;
        try (InputFile file = directory.open(name)) {
            if (file.sizeBytes() > PointFile.BYTES_MAX) {
                throw new CorruptDatastoreException(name + " is damaged: it is too long for a recovery-point record.");
            }
            content = file.readAll(PointFile.BYTES_MAX);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(PointFile.decode(content, name, key));
    }

    /// Creates the record of a recovery point. Everything that it refers to must be durable. When this returns, the
    /// recovery point exists and lasts.
    ///
    /// @throws FileAlreadyExistsException when there is a record of this name
    void commit(RecoveryPoint point) throws IOException {
        String name = nameOf(point.disk(), point.id());
        String temporary = directoryOf(point.disk()) + "/" + point.id() + "."
                + HexFormat.of().formatHex(randomness.bytes(RANDOM_NAME_BYTES)) + ".unfinished";
        directory.createDirectory(DIRECTORY);
        directory.createDirectory(directoryOf(point.disk()));
        // The name is the commit point: before it there is no recovery point, after it there is a whole one.
        WholeFile.publish(directory, temporary, name, ByteBuffer.wrap(PointFile.encode(point, name, key, randomness)));
        try {
            makeNamesDurable(point.disk());
        } catch (IOException e) {
            // The name may or may not last, so the backup has not succeeded; the next attempt must not find it.
            directory.delete(name);
            throw e;
        }
    }

    /// Makes sure that the names of a disk's records last, whoever gave them. An earlier attempt may have been cut
    /// off between giving a name and making it durable.
    void makeNamesDurable(String disk) throws IOException {
        directory.syncDirectory(directoryOf(disk));
        directory.syncDirectory(DIRECTORY);
        directory.syncDirectory("");
    }

    /// The recovery points of all disks, and that no others exist lasts: a record whose removal was not durable yet
    /// does not come back after a power cut.
    PointListing listDurably() throws IOException {
        PointListing listing = list();
        for (String disk : directory.list(DIRECTORY)) {
            if (DiskName.isAllowed(disk)) {
                directory.syncDirectory(directoryOf(disk));
            }
        }
        return listing;
    }

    boolean remove(String disk, RecoveryPointId id) throws IOException {
        boolean existed = directory.delete(nameOf(DiskName.checked(disk), id));
        try {
            directory.syncDirectory(directoryOf(disk));
        } catch (NoSuchFileException e) {
            LOG.debug("Nothing to remove: {} was never backed up.", disk);
        }
        return existed;
    }

    private static String directoryOf(String disk) {
        return DIRECTORY + "/" + disk;
    }

    private static String nameOf(String disk, RecoveryPointId id) {
        return directoryOf(disk) + "/" + id + SUFFIX;
    }
}
