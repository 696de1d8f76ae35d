package io.diskvault.export;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.PointOverlay;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.diskvault.instance.ExportedChanges;
import io.diskvault.instance.InstanceId;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/// Makes recovery points of what was written to exports.
@Singleton
class KeptExports implements ExportedChanges {
    private final ExportRows rows;
    private final ExportedPoints points;
    private final ExportOverlays overlays;
    private final OpenExports open;

    KeptExports(ExportRows rows, ExportedPoints points, ExportOverlays overlays, OpenExports open) {
        this.rows = rows;
        this.points = points;
        this.overlays = overlays;
        this.open = open;
    }

    @Override
    public RecoveryPoint keep(InstanceId instance, UUID export, RecoveryPointId id, Instant at, Watch watch)
            throws IOException, DatastoreException {
        ExportRow row =
                rows.findById(export).filter(ExportRow::isActive).orElseThrow(() -> ExportRejection.notFound(export));
        open.reserve(export);
        try (PointDisk base = points.open(instance, row.recoveryPoint());
                PointOverlay overlay = overlays.open(export, base)) {
            BackupRequest request = new BackupRequest(
                    instance.datastoreName(), id, at, base.point().sourceId());
            return points.datastoreOf(instance).keep(request, overlay, watch).point();
        } finally {
            open.release(export);
        }
    }
}
