package io.diskvault.slot.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.GeneralRejection;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.slot.RecoveryPointGap;
import io.diskvault.slot.view.RecoveryPointTimes;
import io.diskvault.vault.VaultId;
import io.diskvault.vault.view.VaultRows;
import io.diskvault.web.Cursor;
import io.diskvault.web.Listing;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…/recovery-point-gaps`: how long instances were without a new recovery point.
@Controller("/api/v1/backup-vaults/{vault}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class GapController {
    /// What is asked for if nothing is said.
    private static final Duration PERIOD_DEFAULT = Duration.ofDays(30);

    /// Every recovery point of the period is looked at.
    private static final Duration PERIOD_MAX = Duration.ofDays(400);

    private final VaultRows vaults;
    private final InstanceRows instances;
    private final RecoveryPointTimes points;
    private final Clock clock;

    GapController(VaultRows vaults, InstanceRows instances, RecoveryPointTimes points, Clock clock) {
        this.vaults = vaults;
        this.instances = instances;
        this.points = points;
        this.clock = clock;
    }

    record Gap(Instant start, Instant end, Duration length) {}

    /// @param from beginning of the period, not before the protection began
    /// @param to end of the period, not after now
    /// @param recoveryPoints how many were made in the period, also if they have expired
    /// @param longest the longest time in the period without a new recovery point; null if the period is empty
    /// @param latestRecoveryPoint when the newest was made, in the period or not; null if there is none
    /// @param currentAge how long ago that is
    record GapResponse(
            String vault,
            String instance,
            Instant from,
            Instant to,
            int recoveryPoints,
            @Nullable Gap longest,
            @Nullable Instant latestRecoveryPoint,
            @Nullable Duration currentAge) {}

    private record Period(Instant from, Instant to) {}

    @Get("/backup-instances/{instance}/recovery-point-gaps")
    @Allow(Permission.VAULTS_READ)
    GapResponse get(
            String vault, String instance, @QueryValue @Nullable Instant from, @QueryValue @Nullable Instant to) {
        InstanceId id = new InstanceId(vault, instance);
        InstanceRow row = instances.findById(id.path()).orElseThrow(() -> InstanceRejection.notFound(id));
        Instant now = clock.instant();
        return gapsOf(row, period(from, to, now), now);
    }

    @Get("/recovery-point-gaps")
    @Allow(Permission.VAULTS_READ)
    Listing<GapResponse> list(
            String vault,
            @QueryValue @Nullable Instant from,
            @QueryValue @Nullable Instant to,
            @QueryValue @Nullable String cursor,
            @QueryValue @Nullable Integer limit) {
        vaults.require(new VaultId(vault));
        Instant now = clock.instant();
        Period period = period(from, to, now);
        Cursor before = Cursor.parse(cursor);
        int count = Cursor.limit(limit);
        return Listing.of(
                instances.listBefore(vault, before.time(), before.key(), count + 1),
                count,
                row -> gapsOf(row, period, now),
                row -> new Cursor(row.protectedSince(), row.id()));
    }

    private static Period period(@Nullable Instant from, @Nullable Instant to, Instant now) {
        Instant end = to == null || to.isAfter(now) ? now : Cursor.listed(to, now);
        Instant start = from == null ? end.minus(PERIOD_DEFAULT) : Cursor.listed(from, end);
        if (start.isAfter(end) || Duration.between(start, end).compareTo(PERIOD_MAX) > 0) {
            throw GeneralRejection.invalid("from %s to %s is asked for; up to %d days that have passed are possible."
                    .formatted(start, end, PERIOD_MAX.toDays()));
        }
        return new Period(start, end);
    }

    private GapResponse gapsOf(InstanceRow row, Period asked, Instant now) {
        Instant from = row.protectedSince().isAfter(asked.from()) ? row.protectedSince() : asked.from();
        List<Instant> made = points.within(row.id(), from, asked.to());
        Optional<RecoveryPointGap> longest = RecoveryPointGap.longest(from, asked.to(), made);
        Instant latest = row.latestPointTime();
        return new GapResponse(
                row.vault(),
                row.name(),
                from,
                asked.to(),
                made.size(),
                longest.map(gap -> new Gap(gap.start(), gap.end(), gap.length()))
                        .orElse(null),
                latest,
                latest == null || latest.isAfter(now) ? null : Duration.between(latest, now));
    }
}
