package io.diskvault.link;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.instance.ProtectionState;
import io.diskvault.link.view.LinkRow;
import io.diskvault.role.VaultIdentity;
import io.diskvault.snapshot.Datastores;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Finds what links lead to, as long as it could be restored, too.
@Singleton
public class LinkedPoints {
    private final InstanceCatalog instances;
    private final VaultIdentity identity;
    private final Datastores datastores;

    LinkedPoints(InstanceCatalog instances, VaultIdentity identity, Datastores datastores) {
        this.instances = instances;
        this.identity = identity;
        this.datastores = datastores;
    }

    /// @throws io.diskvault.command.CommandRejected if the point is gone, or its vault may not read it any more; the
    ///     message tells the holder of a link nothing about the vault
    public LinkedPoint find(LinkRow link) {
        InstanceId instance = new InstanceId(link.vault(), link.instance());
        Path directory = instances
                .find(instance)
                .filter(found -> mayBeRead(found, link.recoveryPoint()))
                .flatMap(found -> instances.datastoreOf(instance))
                .map(Path::of)
                .orElseThrow(LinkRejection::pointGone);
        try {
            Datastore datastore = datastores.open(directory);
            RecoveryPoint point = datastore
                    .recoveryPoint(instance.datastoreName(), new RecoveryPointId(link.recoveryPoint()))
                    .orElseThrow(LinkRejection::pointGone);
            return new LinkedPoint(
                    link, datastore, point, ImageFormat.of(link.format()).layoutOf(point));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (DatastoreException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private boolean mayBeRead(ProtectedInstance instance, String point) {
        return instance.state() != ProtectionState.SOFT_DELETED
                && instances.hasPoint(instance.instance(), point)
                && identity.missingToExport(instance.instance().vaultId(), instance.snapshotGroup())
                        .isEmpty();
    }
}
