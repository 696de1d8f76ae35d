package io.diskvault.export;

import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.PointOverlay;
import io.diskvault.engine.nbd.Export;
import io.diskvault.export.view.ExportRow;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An export whose recovery point is open, because somebody is connected or was until lately.
final class ServedExport {
    private static final Logger LOG = LoggerFactory.getLogger(ServedExport.class);

    private final PointDisk point;
    private final Optional<PointOverlay> overlay;
    private final CountedDisk disk;
    private final Export export;
    private int looksUnused;
    private boolean wasConnected;
    private Instant noted = Instant.MIN;

    /// @param overlay takes what is written; without one it can only be read
    ServedExport(ExportRow row, PointDisk point, Optional<PointOverlay> overlay) {
        this.point = point;
        this.overlay = overlay;
        this.disk = overlay.<CountedDisk>map(written -> new CountedWritableDisk(written))
                .orElseGet(() -> new CountedDisk(point));
        this.export = new Export(
                row.name(),
                "recovery point %s of %s by export %s"
                        .formatted(row.recoveryPoint(), row.instanceId().path(), row.id()),
                disk);
    }

    Export export() {
        return export;
    }

    int connections() {
        return export.connections();
    }

    /// How much was written or cleared since the export was made, in whole blocks.
    long changedBytes() {
        return overlay.map(PointOverlay::changedBytes).orElse(0L);
    }

    /// Counts for how long nobody has been connected.
    ///
    /// @return how many looks ago somebody was
    int look() {
        looksUnused = connections() == 0 ? looksUnused + 1 : 0;
        return looksUnused;
    }

    /// Writes down that it is used, if that is due: from time to time, and when the last client has gone.
    void note(UUID id, ExportUses uses) {
        Instant now = uses.now();
        boolean connected = connections() > 0;
        boolean due = now.isBefore(noted) || !now.isBefore(noted.plus(ExportUses.RESOLUTION));
        if (connected ? due : wasConnected) {
            uses.note(id, disk.takeRead(), disk.takeWritten());
            noted = now;
        }
        wasConnected = connected;
    }

    /// Writes down what was not yet, because the server stops.
    void noteLast(UUID id, ExportUses uses) {
        if (wasConnected) {
            uses.note(id, disk.takeRead(), disk.takeWritten());
        }
    }

    /// Somebody connects.
    void connecting() {
        wasConnected = true;
    }

    /// Ends its connections and lets go of the point; what was written stays.
    void close() {
        export.close();
        try {
            if (overlay.isPresent()) {
                overlay.get().close();
            }
        } catch (IOException failure) {
            // What a client was told is durable is so already.
            LOG.warn("What was last written to the export {} may be lost.", export.name(), failure);
        }
        try {
            point.close();
        } catch (IOException failure) {
            // A lease that could not be removed is known by its free lock.
            LOG.warn("A recovery point could not be closed.", failure);
        }
    }
}
