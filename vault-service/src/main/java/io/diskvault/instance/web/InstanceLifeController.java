package io.diskvault.instance.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand;
import io.diskvault.instance.InstanceCommand.ResumeProtection;
import io.diskvault.instance.InstanceCommand.StopProtection;
import io.diskvault.instance.InstanceCommand.SuspendBackups;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.web.Views;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;

/// `…/backup-instances/{instance}/stop-protection`, `suspend-backups` and `resume-protection`.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class InstanceLifeController {
    private final Commands commands;
    private final InstanceResponse.Source responses;
    private final Views views;
    private final Clock clock;

    InstanceLifeController(Commands commands, InstanceResponse.Source responses, Views views, Clock clock) {
        this.commands = commands;
        this.responses = responses;
        this.views = views;
        this.clock = clock;
    }

    /// No more backups; everything is kept for ever.
    @Post("/stop-protection")
    @Allow(Permission.INSTANCES_STOP)
    InstanceResponse stop(String vault, String instance) {
        return send(new StopProtection(new InstanceId(vault, instance), clock.instant()));
    }

    /// No more backups; what expires, expires, and the newest recovery point stays.
    @Post("/suspend-backups")
    @Allow(Permission.INSTANCES_STOP)
    InstanceResponse suspend(String vault, String instance) {
        return send(new SuspendBackups(new InstanceId(vault, instance), clock.instant()));
    }

    /// Backups and expiry go on.
    @Post("/resume-protection")
    @Allow(Permission.INSTANCES_WRITE)
    InstanceResponse resume(String vault, String instance) {
        InstanceId id = new InstanceId(vault, instance);
        InstanceRow row = responses.row(id);
        return send(new ResumeProtection(id, DiskId.parse(row.disk()), clock.instant()));
    }

    private InstanceResponse send(InstanceCommand command) {
        commands.send(command);
        views.catchUp();
        return responses.of(command.instance());
    }
}
