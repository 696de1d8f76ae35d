package io.diskvault.instance;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/// What was written to exports. Whoever serves them makes recovery points of it.
public interface ExportedChanges {
    /// Makes a recovery point of an exported disk as it is now; nobody writes to it any more. Asked again it gives
    /// the point that it made.
    ///
    /// @param id of the new recovery point
    /// @throws io.diskvault.command.CommandRejected if there is nothing to keep, or nobody may
    /// @throws java.util.concurrent.CancellationException when the watch says so
    RecoveryPoint keep(InstanceId instance, UUID export, RecoveryPointId id, Instant at, Watch watch)
            throws IOException, DatastoreException;
}
