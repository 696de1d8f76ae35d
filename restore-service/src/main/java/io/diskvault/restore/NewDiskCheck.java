package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.role.VaultIdentity;
import io.diskvault.role.VaultIdentity.Missing;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What stands against making a new disk.
@Singleton
class NewDiskCheck {
    private final InstanceCatalog instances;
    private final VaultIdentity identity;
    private final RestoreTarget targets;

    NewDiskCheck(InstanceCatalog instances, VaultIdentity identity, RestoreTarget targets) {
        this.instances = instances;
        this.identity = identity;
        this.targets = targets;
    }

    /// @param point what is to be restored, if it could be found
    /// @return whether there is a place for disks, so that more can be said
    boolean look(DiskId disk, DiskFormat format, Optional<RecoveryPoint> point, Obstacles obstacles) {
        point.ifPresent(restored -> obstacles.look(() -> requireFit(format, restored)));
        Optional<Path> directory = obstacles.find(() -> targets.directoryOf(disk.group()));
        directory.ifPresent(found -> {
            obstacles.look(() -> requireWritable(disk, found));
            obstacles.look(() -> targets.requireFree(disk, format));
            point.ifPresent(restored -> obstacles.look(() -> requireRoom(disk, found, restored)));
        });
        return directory.isPresent();
    }

    private static void requireWritable(DiskId disk, Path directory) {
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new CommandRejected(
                    RestoreRejection.TARGET_NOT_WRITABLE,
                    "The server may not write to %s, the disksRoot of the resource group '%s', or it is not there."
                            .formatted(directory, disk.resourceGroup()));
        }
    }

    private static void requireFit(DiskFormat format, RecoveryPoint point) {
        format.unfit(point.logicalBytes()).ifPresent(reason -> {
            throw new CommandRejected(RestoreRejection.FORMAT_UNFIT, reason);
        });
    }

    static void requireRoom(DiskId disk, Path directory, RecoveryPoint point) {
        try {
            long usable = Files.getFileStore(directory).getUsableSpace();
            if (point.usedBytes() > usable) {
                throw RestoreRejection.noRoom(disk, point.usedBytes(), usable);
            }
        } catch (IOException failure) {
            throw EngineObstacle.of("Looking at the space in " + directory, failure);
        }
    }

    List<Missing> missingRoles(InstanceId source, DiskId disk) {
        return identity.missingToRestore(
                source.vaultId(), instances.known(source).snapshotGroup(), disk.group());
    }
}
