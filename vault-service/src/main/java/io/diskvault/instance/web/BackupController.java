package io.diskvault.instance.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.instance.ChosenTags;
import io.diskvault.instance.InstanceCommand.RequestBackup;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.AcceptedJobs;
import io.diskvault.job.JobId;
import io.diskvault.job.web.JobResponse;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/backups`: on-demand backups.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/backups")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BackupController {
    private final Commands commands;
    private final ChosenTags tags;
    private final AcceptedJobs accepted;
    private final Clock clock;

    BackupController(Commands commands, ChosenTags tags, AcceptedJobs accepted, Clock clock) {
        this.commands = commands;
        this.tags = tags;
        this.accepted = accepted;
        this.clock = clock;
    }

    /// @param retentionTag which rule of the policy decides how long the point is kept; `Default` if absent
    record BackupRequestBody(@Nullable String retentionTag) {}

    @Post
    @Allow(Permission.BACKUPS_START)
    HttpResponse<JobResponse> start(
            String vault,
            String instance,
            @Body @Nullable BackupRequestBody request,
            @Header("Idempotency-Key") @Nullable String idempotencyKey) {
        InstanceId id = new InstanceId(vault, instance);
        Optional<String> tag = Optional.ofNullable(request).map(BackupRequestBody::retentionTag);
        tags.require(id, tag);
        JobId job = accepted.idFor("backup", id.path(), idempotencyKey);
        commands.send(
                new RequestBackup(id, job, Optional.empty(), Optional.empty(), tag, Optional.empty(), clock.instant()));
        return accepted.answer(job);
    }
}
