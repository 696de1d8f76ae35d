package io.diskvault.export;

import io.diskvault.access.Access;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.export.view.ExportRow;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.role.VaultIdentity;
import io.diskvault.snapshot.Datastores;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/// Opens recovery points to be served, as long as they could be restored, too.
@Singleton
public class ExportedPoints {
    private final Access access;
    private final InstanceCatalog instances;
    private final VaultIdentity identity;
    private final Datastores datastores;

    ExportedPoints(Access access, InstanceCatalog instances, VaultIdentity identity, Datastores datastores) {
        this.access = access;
        this.instances = instances;
        this.identity = identity;
        this.datastores = datastores;
    }

    /// Whether an export's maker may still export. It passes on that right and never more.
    boolean isAllowed(ExportRow export) {
        return access.of(export.createdBy()).allow(Permission.POINTS_EXPORT, Scope.vault(export.vault()));
    }

    /// @throws CommandRejected if the point is gone, or its vault may not read it
    public void require(InstanceId instance, String point) {
        ProtectedInstance source = instances.restorable(instance);
        if (!instances.hasPoint(instance, point)) {
            throw InstanceRejection.pointNotFound(instance, point);
        }
        VaultIdentity.require(identity.missingToExport(instance.vaultId(), source.snapshotGroup()));
    }

    /// Opens a point. It must be closed.
    ///
    /// @throws CommandRejected as above, or if its data cannot be read
    PointDisk open(InstanceId instance, String point) {
        require(instance, point);
        try {
            Datastore datastore = datastoreOf(instance);
            return datastore.openPoint(datastore
                    .recoveryPoint(instance.datastoreName(), new RecoveryPointId(point))
                    .orElseThrow(() -> unreadable(instance, point, "its record is not in the datastore")));
        } catch (IOException | DatastoreException failure) {
            throw unreadable(instance, point, String.valueOf(failure.getMessage()));
        }
    }

    /// Where the points of an instance are.
    Datastore datastoreOf(InstanceId instance) throws IOException, DatastoreException {
        Path directory =
                instances.datastoreOf(instance).map(Path::of).orElseThrow(() -> InstanceRejection.notFound(instance));
        return datastores.open(directory);
    }

    /// For a point whose data, or what was written to an export of it, cannot be read.
    static CommandRejected unreadable(InstanceId instance, String point, String why) {
        return new CommandRejected(
                ExportRejection.POINT_UNREADABLE,
                "The recovery point '%s' of '%s' cannot be read: %s".formatted(point, instance.path(), why));
    }
}
