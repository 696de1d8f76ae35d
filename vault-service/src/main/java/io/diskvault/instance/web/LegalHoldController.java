package io.diskvault.instance.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.instance.InstanceCommand.ReleaseLegalHold;
import io.diskvault.instance.InstanceCommand.SetLegalHold;
import io.diskvault.instance.InstanceId;
import io.diskvault.web.Views;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// `…/recovery-points/{point}/legal-hold`.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/recovery-points/{point}/legal-hold")
@ExecuteOn(TaskExecutors.BLOCKING)
final class LegalHoldController {
    private static final int REASON_LENGTH_MAX = 500;

    private final Commands commands;
    private final RecoveryPointController points;
    private final Views views;
    private final Clock clock;

    LegalHoldController(Commands commands, RecoveryPointController points, Views views, Clock clock) {
        this.commands = commands;
        this.points = points;
        this.views = views;
        this.clock = clock;
    }

    /// @param reason for those who will ask
    record LegalHoldRequest(@Nullable String reason) {}

    /// Nothing removes the point until it is released.
    @Put
    @Allow(Permission.POINTS_HOLD)
    RecoveryPointResponse set(String vault, String instance, String point, @Body LegalHoldRequest request) {
        String reason = request.reason();
        if (reason == null || reason.isBlank() || reason.length() > REASON_LENGTH_MAX) {
            throw GeneralRejection.invalid(
                    "reason is needed, with 1 to %d characters, not all of them blank.".formatted(REASON_LENGTH_MAX));
        }
        commands.send(new SetLegalHold(new InstanceId(vault, instance), point, reason, clock.instant()));
        views.catchUp();
        return points.get(vault, instance, point);
    }

    /// The point goes with the next expiry if its time is up by then.
    @Delete
    @Allow(Permission.POINTS_RELEASE)
    HttpResponse<?> release(String vault, String instance, String point) {
        commands.send(new ReleaseLegalHold(new InstanceId(vault, instance), point, clock.instant()));
        views.catchUp();
        return HttpResponse.noContent();
    }
}
