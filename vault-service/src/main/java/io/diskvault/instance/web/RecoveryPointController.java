package io.diskvault.instance.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.Proofs;
import io.diskvault.instance.Proofs.Proof;
import io.diskvault.instance.view.InstanceRow;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/recovery-points`, those that have expired included: they can be asked why they were
/// kept and why they went for ever, also when their instance is gone.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/recovery-points")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RecoveryPointController {
    private final InstanceRows instances;
    private final RecoveryPointRows points;
    private final Proofs proofs;
    private final Clock clock;

    RecoveryPointController(InstanceRows instances, RecoveryPointRows points, Proofs proofs, Clock clock) {
        this.instances = instances;
        this.points = points;
        this.proofs = proofs;
        this.clock = clock;
    }

    @FunctionalInterface
    private interface Page {
        List<RecoveryPointRow> before(String instanceId, Instant from, Instant beforeTime, String beforeKey, int count);
    }

    /// @param state `live`, as if absent; `held`: of them those on legal hold; `expired`
    /// @param from the earliest snapshot time
    /// @param to the snapshot time before which
    @Get
    @Allow(Permission.VAULTS_READ)
    Listing<RecoveryPointResponse> list(
            String vault,
            String instance,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable Instant from,
            @QueryValue @Nullable Instant to,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        InstanceId id = new InstanceId(vault, instance);
        Page page = pageOf(state == null ? "live" : state);
        requireKnown(id);
        Cursor before = Cursor.parse(cursor).until(to);
        int count = Cursor.limit(limit);
        List<RecoveryPointRow> found =
                page.before(id.path(), Cursor.listed(from, Instant.EPOCH), before.time(), before.key(), count + 1);
        return Listing.of(found, count, teller(id, found), row -> new Cursor(row.snapshotTime(), row.id()));
    }

    private Page pageOf(String state) {
        return switch (state) {
            case "live" -> points::listBefore;
            case "held" -> points::listHeldBefore;
            case "expired" -> points::listExpiredBefore;
            default ->
                throw GeneralRejection.invalid(
                        "state is %s; it is one of live, held, expired.".formatted(Quoted.of(state)));
        };
    }

    @Get("/{point}")
    @Allow(Permission.VAULTS_READ)
    RecoveryPointResponse get(String vault, String instance, String point) {
        InstanceId id = new InstanceId(vault, instance);
        requireKnown(id);
        RecoveryPointRow found = points.findById(point)
                .filter(row -> row.instanceId().equals(id.path()))
                .orElseThrow(() -> InstanceRejection.pointNotFound(id, point));
        return teller(id, List.of(found)).apply(found);
    }

    private void requireKnown(InstanceId id) {
        if (!instances.existsById(id.path()) && !points.existsByInstanceId(id.path())) {
            throw InstanceRejection.notFound(id);
        }
    }

    /// Of an instance that is gone everything has expired.
    private Function<RecoveryPointRow, RecoveryPointResponse> teller(InstanceId id, List<RecoveryPointRow> rows) {
        Optional<InstanceRow> instance = instances.findById(id.path());
        Map<String, Proof> proven =
                proofs.ofPoints(rows.stream().map(RecoveryPointRow::id).toList());
        Instant now = clock.instant();
        return row -> instance.isPresent() && row.isLive()
                ? RecoveryPointResponse.live(row, instance.get(), now, proven.get(row.id()))
                : RecoveryPointResponse.expired(row, proven.get(row.id()));
    }
}
