package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.restore.KnownDamage;
import io.diskvault.instance.InstanceId;
import io.diskvault.role.VaultIdentity.Missing;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks for everything that stands against a restore: beforehand for whoever asks, when a restore is requested, and
/// when its job starts. What is found can change at any moment; the streams decide, and the engine checks every byte.
@Singleton
public class RestoreCheck {
    /// Somebody waits for the answer; the manifest of a disk of 1 TiB can be gone through in that time.
    private static final long DAMAGE_LOOK_NANOS = Duration.ofSeconds(10).toNanos();

    private final RestorePoints points;
    private final NewDiskCheck newDisks;
    private final ExistingDiskCheck existingDisks;

    RestoreCheck(RestorePoints points, NewDiskCheck newDisks, ExistingDiskCheck existingDisks) {
        this.points = points;
        this.newDisks = newDisks;
        this.existingDisks = existingDisks;
    }

    /// Before there is a job.
    ///
    /// @param targetKnown whether the caller may see the target: nothing is told about it otherwise
    /// @param roles whether to look for roles that the vault's identity lacks
    public void look(RestoreWish wish, boolean targetKnown, boolean roles, Obstacles obstacles) {
        Optional<RecoveryPoint> point = pointOf(wish, obstacles).map(RestorePoints.Stored::point);
        if (!targetKnown) {
            return;
        }
        boolean found = wish.overwrite()
                ? existingDisks.look(wish.disk(), point, obstacles)
                : newDisks.look(wish.disk(), wish.format(), point, obstacles);
        if (wish.overwrite()) {
            obstacles.addAll(existingDisks.busy(wish.disk()));
        }
        if (found && roles) {
            missingRoles(wish).forEach(missing -> obstacles.add(missing.refusal()));
        }
    }

    private List<Missing> missingRoles(RestoreWish wish) {
        return wish.overwrite()
                ? existingDisks.missingRoles(wish.instance(), wish.disk())
                : newDisks.missingRoles(wish.instance(), wish.disk());
    }

    private Optional<RestorePoints.Stored> pointOf(RestoreWish wish, Obstacles obstacles) {
        return obstacles
                .find(() -> points.idOf(wish.instance(), wish.point()))
                .flatMap(id -> stored(wish, id, obstacles));
    }

    private Optional<RestorePoints.Stored> stored(RestoreWish wish, String id, Obstacles obstacles) {
        return obstacles.find(() -> {
            try {
                RestorePoints.Stored stored = points.find(wish.instance(), id);
                lookInto(stored, wish, obstacles);
                return stored;
            } catch (DatastoreException | IOException failure) {
                throw EngineObstacle.of("Looking for the recovery point '%s'".formatted(id), failure);
            }
        });
    }

    private static CommandRejected damaged(RecoveryPoint point, InstanceId instance, KnownDamage.Result known) {
        String rest = known.lookedBytes() < point.logicalBytes()
                ? " There may be more: there was time for the first %d bytes of the disk."
                        .formatted(known.lookedBytes())
                : "";
        return new CommandRejected(
                RestoreRejection.POINT_DAMAGED,
                "The recovery point '%s' of '%s' is damaged, as a verification has found: %d of %d bytes cannot be restored, %s%s"
                        .formatted(
                                point.id().value(),
                                instance.path(),
                                known.damaged().bytes(),
                                point.logicalBytes(),
                                DamageTold.places(known.damaged()),
                                rest));
    }

    /// Far enough to see that it can be read at all, and where it is known to be damaged.
    private static void lookInto(RestorePoints.Stored stored, RestoreWish wish, Obstacles obstacles) {
        try (PointDisk disk = stored.datastore().openPoint(stored.point())) {
            disk.dataIn(0, disk.size());
            long start = System.nanoTime();
            KnownDamage.Result known =
                    stored.datastore().knownDamage(stored.point(), () -> System.nanoTime() - start > DAMAGE_LOOK_NANOS);
            if (!known.damaged().isEmpty()) {
                obstacles.addDamage(damaged(stored.point(), wish.instance(), known), wish.continueOnDamage());
            }
        } catch (DatastoreException | IOException failure) {
            obstacles.addDamage(
                    EngineObstacle.of(
                            "Opening the recovery point '%s' of '%s'"
                                    .formatted(
                                            stored.point().id().value(),
                                            wish.instance().path()),
                            failure),
                    wish.continueOnDamage());
        }
    }
}
