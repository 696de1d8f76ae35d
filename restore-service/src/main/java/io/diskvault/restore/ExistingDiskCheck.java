package io.diskvault.restore;

import io.diskvault.command.CheckOutcome.Problem;
import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.DiskRejection;
import io.diskvault.disk.Disks;
import io.diskvault.disk.Disks.Place;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.restore.ImageTarget;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.instance.DiskUses;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.role.VaultIdentity;
import io.diskvault.role.VaultIdentity.Missing;
import io.diskvault.snapshot.DiskSources;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// What stands against writing over a disk that is there.
@Singleton
class ExistingDiskCheck {
    private final InstanceCatalog instances;
    private final VaultIdentity identity;
    private final Disks disks;
    private final DiskUses uses;

    ExistingDiskCheck(InstanceCatalog instances, VaultIdentity identity, Disks disks, DiskUses uses) {
        this.instances = instances;
        this.identity = identity;
        this.disks = disks;
        this.uses = uses;
    }

    /// @param point what is to be restored, if it could be found
    /// @return whether there is such a disk, so that more can be said
    boolean look(DiskId disk, Optional<RecoveryPoint> point, Obstacles obstacles) {
        if (disks.find(disk).isEmpty()) {
            obstacles.add(DiskRejection.notFound(disk));
            return false;
        }
        obstacles.find(() -> disks.locate(disk)).ifPresent(place -> {
            obstacles.look(() -> requireWritable(disk, place));
            point.ifPresent(restored -> {
                if (place.format() == DiskFormat.RAW) lookAtSize(disk, place, restored, obstacles);
                else obstacles.look(() -> requireInPlace(place, restored));
            });
        });
        return true;
    }

    private static void requireWritable(DiskId disk, Place place) {
        if (!Files.isWritable(place.file())) {
            throw new CommandRejected(
                    RestoreRejection.TARGET_NOT_WRITABLE,
                    "The server may not write to %s, the disk '%s'.".formatted(place.file(), disk.path()));
        }
    }

    private static void lookAtSize(DiskId disk, Place place, RecoveryPoint point, Obstacles obstacles) {
        long beyond = place.sizeBytes() - point.logicalBytes();
        if (beyond < 0) {
            obstacles.add(RestoreRejection.diskTooSmall(disk, place.sizeBytes(), point.logicalBytes()));
        } else if (beyond > 0) {
            obstacles.warn(larger(disk, beyond, DiskTargets.isCut(place)));
        }
    }

    /// The content of the file decides here, and only because it was declared to be of the format.
    private static void requireInPlace(Place place, RecoveryPoint point) {
        try (DiskSource content = DiskSources.open(place.root(), place.file(), DiskFormat.RAW)) {
            new ImageTarget(place.format(), point.snapshotTime())
                    .requireInPlace(content, place.file(), point.logicalBytes());
        } catch (DiskFormatException unfit) {
            throw new CommandRejected(RestoreRejection.FORMAT_NOT_WRITTEN_OVER, String.valueOf(unfit.getMessage()));
        } catch (IOException failure) {
            throw EngineObstacle.of("Looking at the disk " + place.file(), failure);
        }
    }

    private static Problem larger(DiskId disk, long beyond, boolean cut) {
        return new Problem(
                "WarningDiskLargerThanRecoveryPoint",
                "The disk '%s' is %d bytes larger than it was at the time of the recovery point; they %s."
                        .formatted(disk.path(), beyond, cut ? "are cut off" : "stay as they are"),
                "Look at the partitions afterwards: a GPT has a copy of its table at the end of the disk.");
    }

    /// Another job that is at the disk.
    List<CommandRejected> busy(DiskId disk) {
        return uses.obstacle(disk).stream().toList();
    }

    List<Missing> missingRoles(InstanceId source, DiskId disk) {
        return identity.missingToOverwrite(
                source.vaultId(), instances.known(source).snapshotGroup(), disk);
    }
}
