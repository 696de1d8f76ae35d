package io.diskvault.export;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.source.Extent;
import io.diskvault.export.view.ExportRow;
import io.diskvault.export.view.ExportRows;
import io.diskvault.web.Cursor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a little of what was exported last when the server has started, over a connection like a client's. Otherwise
/// the first client would wait until all that was loaded that only he needs, which takes longer than everything else.
@Singleton
class ExportRehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRehearsal.class);
    private static final String NAME = "rehearsal";

    private final ExportRows rows;
    private final ExportedPoints points;
    private final ExportSocket socket;

    ExportRehearsal(ExportRows rows, ExportedPoints points, ExportSocket socket) {
        this.rows = rows;
        this.points = points;
        this.socket = socket;
    }

    void run() {
        Optional<ExportRow> last =
                rows.listBefore(Cursor.END_OF_TIME, "", true, List.of(""), null, null, true, 1).stream()
                        .findFirst();
        if (last.isPresent()) {
            read(last.get());
        }
    }

    private void read(ExportRow row) {
        try (PointDisk disk = points.open(row.instanceId(), row.recoveryPoint());
                Export export = new Export(NAME, NAME, disk)) {
            Optional<Extent> data = disk.dataIn(0, disk.size());
            if (data.isPresent()) {
                socket.rehearse(export, data.get());
            }
        } catch (CommandRejected | IOException | DatastoreException gone) {
            LOG.debug("Nothing was read before the first client comes: {}", gone.getMessage());
        }
    }
}
