package io.diskvault.instance.web;

import io.diskvault.command.CommandRejected;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/recovery-points`.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/recovery-points")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RecoveryPointController {
    private final InstanceRows instances;
    private final RecoveryPointRows points;

    RecoveryPointController(InstanceRows instances, RecoveryPointRows points) {
        this.instances = instances;
        this.points = points;
    }

    /// @param expiryTime when the point may go; the newest of an instance stays all the same
    record RecoveryPointResponse(
            String id,
            String vault,
            String instance,
            String kind,
            Instant snapshotTime,
            String retentionTag,
            long policyVersion,
            Instant expiryTime,
            String changeDetection,
            long logicalBytes,
            long usedBytes,
            long changedBytes,
            long storedBytes) {
        static RecoveryPointResponse of(InstanceId instance, RecoveryPointRow row) {
            return new RecoveryPointResponse(
                    row.id(),
                    instance.vault(),
                    instance.name(),
                    row.kind(),
                    row.snapshotTime(),
                    row.retentionTag(),
                    row.policyVersion(),
                    row.expiryTime(),
                    row.changeDetection(),
                    row.logicalBytes(),
                    row.usedBytes(),
                    row.changedBytes(),
                    row.storedBytes());
        }
    }

    /// @param from the earliest snapshot time
    /// @param to the snapshot time before which
    @Get
    Listing<RecoveryPointResponse> list(
            String vault,
            String instance,
            @QueryValue @Nullable Instant from,
            @QueryValue @Nullable Instant to,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        InstanceId id = existing(vault, instance);
        Cursor before = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        return Listing.of(
                points.listBefore(
                        id.path(),
                        Cursor.listed(from, Instant.EPOCH),
                        Cursor.listed(to, Cursor.END_OF_TIME),
                        before.time(),
                        before.key(),
                        count + 1),
                count,
                row -> RecoveryPointResponse.of(id, row),
                row -> new Cursor(row.snapshotTime(), row.id()));
    }

    @Get("/{point}")
    RecoveryPointResponse get(String vault, String instance, String point) {
        InstanceId id = existing(vault, instance);
        return points.findById(point)
                .filter(row -> row.isLive() && row.instanceId().equals(id.path()))
                .map(row -> RecoveryPointResponse.of(id, row))
                .orElseThrow(() -> new CommandRejected(
                        InstanceRejection.RECOVERY_POINT_NOT_FOUND,
                        "The backup instance '%s' has no recovery point '%s'.".formatted(id.path(), point)));
    }

    private InstanceId existing(String vault, String instance) {
        InstanceId id = new InstanceId(vault, instance);
        if (!instances.existsById(id.path())) {
            throw InstanceRejection.notFound(id);
        }
        return id;
    }
}
