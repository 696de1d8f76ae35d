package io.diskvault.instance.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.instance.ExpiryPlan;
import io.diskvault.instance.InstanceCommand.PlanExpiry;
import io.diskvault.instance.InstanceId;
import io.diskvault.web.Cursor;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/expiry-plan`: what expiry would do now or at another time, without doing it.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/expiry-plan")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ExpiryPlanController {
    private final Commands commands;
    private final Clock clock;

    ExpiryPlanController(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /// @param at now if absent
    @Get
    @Allow(Permission.VAULTS_READ)
    ExpiryPlanResponse plan(String vault, String instance, @QueryValue @Nullable Instant at) {
        Instant when = Cursor.listed(at, clock.instant());
        return ExpiryPlanResponse.of(
                commands.ask(new PlanExpiry(new InstanceId(vault, instance), when), ExpiryPlan.class));
    }
}
