package io.diskvault.instance;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.resourcegroup.view.ResourceGroupRows;
import io.diskvault.snapshot.Datastores;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes from the datastore what an instance has given up. The event comes first: a crash before the removal is
/// finished at the next start, because the position in the event store moves on only after it.
@Singleton
@DisallowReplay
@ProcessingGroup("expired-point-removal")
class ExpiredPointRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiredPointRemoval.class);

    private final Datastores datastores;
    private final ResourceGroupRows groups;

    ExpiredPointRemoval(Datastores datastores, ResourceGroupRows groups) {
        this.datastores = datastores;
        this.groups = groups;
    }

    @EventHandler
    void on(RecoveryPointExpired event) throws IOException, DatastoreException {
        Optional<Path> datastore = groups.findById(event.snapshotGroup().name())
                .map(row -> row.datastore())
                .map(Path::of);
        if (datastore.isEmpty()) {
            // The group can be deleted as soon as no instance uses it; its directory then belongs to the operator.
            LOG.warn(
                    "recovery point {} of {} stays in its datastore: the resource group {} is gone",
                    event.point(),
                    event.instance().path(),
                    event.snapshotGroup().name());
            return;
        }
        datastores
                .open(datastore.get())
                .removeRecoveryPoint(event.instance().datastoreName(), new RecoveryPointId(event.point()));
        LOG.info(
                "recovery point {} of {} removed: {}",
                event.point(),
                event.instance().path(),
                event.reason());
    }
}
