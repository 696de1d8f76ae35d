package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.manifest.Manifest;
import io.diskvault.engine.manifest.ManifestShape;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.verify.AffectedPoint;
import io.diskvault.engine.verify.Finding;
import io.diskvault.engine.verify.VerifiedPoint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The part of a verification that reads `datastore.json`, the sealed keys and all records.
final class RecordCheck {

    private final Directory directory;
    private final PointRecords records;
    private final ChunkSize chunkSize;
    private final List<VerifiedPoint> points = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    RecordCheck(Directory directory, PointRecords records, ChunkSize chunkSize) {
        this.directory = directory;
        this.records = records;
        this.chunkSize = chunkSize;
    }

    /// The recovery points whose records can be read.
    List<VerifiedPoint> points() {
        return points;
    }

    List<Finding> findings() {
        return findings;
    }

    /// @param where the directory, for messages
    /// @param datastoreId the id of the datastore that was opened
    void run(String where, String datastoreId) throws IOException {
        for (String disk :
                directory.list(PointRecords.DIRECTORY).stream().sorted().toList()) {
            for (String fileName : directory.list(PointRecords.DIRECTORY + "/" + disk).stream()
                    .sorted()
                    .toList()) {
                if (fileName.endsWith(PointRecords.SUFFIX)) {
                    checkRecord(disk, fileName);
                }
            }
        }
        checkDescription(where, datastoreId);
        checkKeys(datastoreId);
    }

    private void checkRecord(String disk, String fileName) {
        String file = PointRecords.DIRECTORY + "/" + disk + "/" + fileName;
        String id = fileName.substring(0, fileName.length() - PointRecords.SUFFIX.length());
        if (!DiskName.isAllowed(disk) || !RecoveryPointId.isAllowed(id)) {
            findings.add(new Finding(
                    Finding.Kind.MISPLACED,
                    file,
                    file + " does not have the name of a recovery-point record. Put it back where it was.",
                    List.of()));
            return;
        }
        try {
            Optional<RecoveryPoint> point = records.find(disk, new RecoveryPointId(id));
            // One that is gone was removed since it was listed.
            point.ifPresent(found -> points.add(new VerifiedPoint(
                    disk,
                    id,
                    file,
                    new Manifest(new ManifestShape(chunkSize.bytes(), found.logicalBytes()), found.manifestRoot()))));
        } catch (IOException | DatastoreException e) {
            findings.add(Finding.of(file, e, List.of(AffectedPoint.whole(disk, id))));
        }
    }

    /// Everything depends on `datastore.json`, also for those who opened the datastore when it was still whole.
    private void checkDescription(String where, String datastoreId) {
        try (InputFile file = directory.open(DatastoreFile.NAME)) {
            byte[] content = file.readAll(DatastoreFile.BYTES_MAX);
            DatastoreFile found = DatastoreFile.decode(content, where);
            if (!found.id().equals(datastoreId)) {
                throw CorruptDatastoreException.misplaced(DatastoreFile.NAME + " is that of another datastore, "
                        + found.id() + ". Copy the right one back from another copy of the datastore.");
            }
            if (!Arrays.equals(content, found.encode())) {
                findings.add(new Finding(
                        Finding.Kind.DAMAGED,
                        DatastoreFile.NAME,
                        DatastoreFile.NAME + " says what it should, but not in the bytes that were written.",
                        List.of()));
            }
        } catch (NoSuchFileException e) {
            addForAll(new CorruptDatastoreException(
                    DatastoreFile.NAME + " is missing. Copy it back from another copy of the datastore.", e));
        } catch (IOException | DatastoreException e) {
            addForAll(e);
        }
    }

    /// One whole key is enough to open the datastore; without any, nothing can be restored.
    private void checkKeys(String datastoreId) throws IOException {
        List<Finding> problems = new ArrayList<>();
        boolean usable = false;
        for (String name :
                directory.list(SealedKeys.DIRECTORY).stream().sorted().toList()) {
            if (name.endsWith(SealedKeys.SUFFIX)) {
                String path = SealedKeys.DIRECTORY + "/" + name;
                try {
                    usable |= isUsable(path, name, datastoreId);
                } catch (NoSuchFileException e) {
                    // Removed since it was listed, as keys may be.
                } catch (IOException | DatastoreException e) {
                    problems.add(Finding.of(path, e, List.of()));
                }
            }
        }
        if (!usable && problems.isEmpty()) {
            problems.add(new Finding(
                    Finding.Kind.MISSING,
                    SealedKeys.DIRECTORY,
                    "There is no key of this datastore. Copy it back from another copy of the datastore.",
                    List.of()));
        }
        for (Finding problem : problems) {
            findings.add(new Finding(
                    problem.kind(), problem.file(), problem.what(), usable ? problem.affected() : allPoints()));
        }
    }

    private boolean isUsable(String path, String name, String datastoreId) throws IOException, DatastoreException {
        try (InputFile file = directory.open(path)) {
            byte[] content = file.readAll(DatastoreFile.BYTES_MAX);
            SealedKeyFile found = SealedKeyFile.decode(content, path);
            if (!name.equals(found.key().id() + SealedKeys.SUFFIX)) {
                throw CorruptDatastoreException.misplaced(path + " is in the wrong place: it is the key "
                        + found.key().id() + ".");
            }
            if (!Arrays.equals(content, found.encode())) {
                findings.add(new Finding(
                        Finding.Kind.DAMAGED,
                        path,
                        path + " says what it should, but not in the bytes that were written.",
                        List.of()));
            }
            // One of another datastore is what a creation that was cut off left behind.
            return found.datastoreId().equals(datastoreId);
        }
    }

    private List<AffectedPoint> allPoints() {
        return points.stream()
                .map(point -> AffectedPoint.whole(point.disk(), point.id()))
                .toList();
    }

    private void addForAll(Exception problem) {
        findings.add(Finding.of(DatastoreFile.NAME, problem, allPoints()));
    }
}
