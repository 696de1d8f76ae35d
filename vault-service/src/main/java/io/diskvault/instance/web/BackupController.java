package io.diskvault.instance.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.instance.InstanceCommand.RequestBackup;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.job.AcceptedJobs;
import io.diskvault.job.JobId;
import io.diskvault.job.web.JobResponse;
import io.diskvault.policy.view.PolicyRows;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/backups`: on-demand backups.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/backups")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BackupController {
    private final Commands commands;
    private final InstanceRows instances;
    private final PolicyRows policies;
    private final AcceptedJobs accepted;
    private final Clock clock;

    BackupController(
            Commands commands, InstanceRows instances, PolicyRows policies, AcceptedJobs accepted, Clock clock) {
        this.commands = commands;
        this.instances = instances;
        this.policies = policies;
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
        InstanceRow row = instances.findById(id.path()).orElseThrow(() -> InstanceRejection.notFound(id));
        Optional<String> tag = Optional.ofNullable(request).map(BackupRequestBody::retentionTag);
        tag.ifPresent(chosen -> requireTag(row, chosen));
        JobId job = AcceptedJobs.idFor("backup", id.path(), idempotencyKey);
        commands.send(
                new RequestBackup(id, job, Optional.empty(), Optional.empty(), tag, Optional.empty(), clock.instant()));
        return accepted.answer(job);
    }

    private void requireTag(InstanceRow row, String tag) {
        List<String> tags = policies.findById(row.policy()).stream()
                .flatMap(policy -> policy.retentionRules().rules().stream())
                .map(rule -> rule.tag().text())
                .toList();
        if (!tags.contains(tag)) {
            throw GeneralRejection.invalid("retentionTag is %s; the policy '%s' has rules with the tags %s."
                    .formatted(Quoted.of(tag), row.policy(), String.join(", ", tags)));
        }
    }
}
