package io.diskvault.app.datastore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.PointOverlay;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.nbd.ExportedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// A recovery point as it is served: as it is, or with a file that takes what is written to it.
final class ServedPoint implements AutoCloseable {
    private final PointDisk disk;
    private final Optional<PointOverlay> overlay;
    private final boolean discard;

    private ServedPoint(PointDisk disk, Optional<PointOverlay> overlay, boolean discard) {
        this.disk = disk;
        this.overlay = overlay;
        this.discard = discard;
    }

    /// @param file is made unless it is there already; then it goes on with what was written before
    /// @param discard whether to remove the file at the end
    static ServedPoint open(Datastore datastore, RecoveryPoint point, Optional<Path> file, boolean discard)
            throws IOException, DatastoreException {
        PointDisk disk = datastore.openPoint(point);
        try {
            Optional<PointOverlay> overlay =
                    file.isPresent() ? Optional.of(overlay(disk, file.get())) : Optional.empty();
            return new ServedPoint(disk, overlay, discard);
        } catch (IOException | DatastoreException | RuntimeException refused) {
            disk.close();
            throw refused;
        }
    }

    private static PointOverlay overlay(PointDisk disk, Path file) throws IOException, DatastoreException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? PointOverlay.open(disk, file)
                : PointOverlay.create(disk, file);
    }

    RecoveryPoint point() {
        return disk.point();
    }

    ExportedDisk disk() {
        return overlay.<ExportedDisk>map(writable -> writable).orElse(disk);
    }

    /// How much was written to it, if it can be written to.
    Optional<Long> changedBytes() {
        return overlay.map(PointOverlay::changedBytes);
    }

    @Override
    public void close() throws IOException {
        try (disk) {
            if (overlay.isPresent()) {
                if (discard) {
                    overlay.get().discard();
                } else {
                    overlay.get().close();
                }
            }
        }
    }
}
