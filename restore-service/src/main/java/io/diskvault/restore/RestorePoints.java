package io.diskvault.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.snapshot.Datastores;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/// Finds recovery points where their bytes are.
@Singleton
public class RestorePoints {
    private final InstanceCatalog instances;
    private final Datastores datastores;

    RestorePoints(InstanceCatalog instances, Datastores datastores) {
        this.instances = instances;
        this.datastores = datastores;
    }

    /// A recovery point and the datastore that has it.
    public record Stored(Datastore datastore, RecoveryPoint point) {}

    /// The id that was asked for, which must be of a live point of the instance.
    ///
    /// @param asked an id, or `latest`
    /// @throws io.diskvault.command.CommandRejected if there is no such point
    public String idOf(InstanceId instance, String asked) {
        if (asked.equals(RestoreWish.LATEST)) {
            return instances.newestPoint(instance).orElseThrow(() -> RestoreRejection.noPointYet(instance));
        }
        instances.requirePoint(instance, asked);
        return asked;
    }

    /// The point itself.
    ///
    /// @throws io.diskvault.command.CommandRejected if the datastore has no such point
    public Stored find(InstanceId instance, String point) throws IOException, DatastoreException {
        Path directory =
                instances.datastoreOf(instance).map(Path::of).orElseThrow(() -> InstanceRejection.notFound(instance));
        Datastore datastore = datastores.open(directory);
        return datastore
                .recoveryPoint(instance.datastoreName(), new RecoveryPointId(point))
                .map(found -> new Stored(datastore, found))
                .orElseThrow(() -> RestoreRejection.pointNotFound(instance, point));
    }
}
