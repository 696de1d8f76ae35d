package io.diskvault.restore.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.CheckOutcome;
import io.diskvault.instance.InstanceId;
import io.diskvault.restore.Obstacles;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/// `…/backup-instances/{instance}/validate-for-restore`.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/validate-for-restore")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RestoreCheckController {
    private final RestoreQuestion question;

    RestoreCheckController(RestoreQuestion question) {
        this.question = question;
    }

    /// Answers everything that stands against a restore; 200 also if that is much. Nothing has to be confirmed for it.
    @Post
    @Allow(Permission.RESTORES_START)
    CheckOutcome validate(String vault, String instance, @Body RestoreRequest request) {
        Obstacles obstacles = new Obstacles();
        question.look(new InstanceId(vault, instance), request, obstacles);
        return obstacles.outcome();
    }
}
