package io.diskvault.restore.web;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.command.GeneralRejection;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceCommand.RequestRestore;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.ProtectedInstance;
import io.diskvault.job.AcceptedJobs;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restore.RestoreRejection;
import io.diskvault.restore.RestoreTarget;
import io.diskvault.role.VaultIdentity;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// `…/backup-instances/{instance}/restores`.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/restores")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RestoreController {
    /// Instead of a recovery point's id: the newest there is when the request comes.
    private static final String LATEST = "latest";

    private static final String RAW = "raw";

    private final Access access;
    private final VaultIdentity identity;
    private final InstanceCatalog instances;
    private final RestoreTarget targets;
    private final AcceptedJobs accepted;
    private final Commands commands;
    private final Clock clock;

    RestoreController(
            Access access,
            VaultIdentity identity,
            InstanceCatalog instances,
            RestoreTarget targets,
            AcceptedJobs accepted,
            Commands commands,
            Clock clock) {
        this.access = access;
        this.identity = identity;
        this.instances = instances;
        this.targets = targets;
        this.accepted = accepted;
        this.commands = commands;
        this.clock = clock;
    }

    /// @param recoveryPoint its id, or `latest`
    record RestoreRequest(
            @Nullable String recoveryPoint, @Nullable Target target) {}

    /// @param format `raw`, also if absent
    /// @param grantMissing whether to give the vault's identity what it lacks; only who may grant it may ask for it
    record Target(
            @Nullable String resourceGroup,
            @Nullable String diskName,
            @Nullable String format,
            @Nullable Boolean grantMissing) {}

    @Post
    @Allow(Permission.RESTORES_START)
    HttpResponse<?> start(
            String vault,
            String instance,
            @Body RestoreRequest request,
            @Header("Idempotency-Key") @Nullable String idempotencyKey) {
        InstanceId id = new InstanceId(vault, instance);
        ProtectedInstance source = instances.restorable(id);
        Target target = targetOf(request);
        DiskId disk = diskOf(target);
        JobId job = AcceptedJobs.idFor("restore", id.path(), idempotencyKey);
        if (!accepted.isKnown(job)) {
            String point = pointOf(id, request.recoveryPoint());
            requireVisible(disk.group());
            targets.requireFree(disk);
            identity.ensureRestore(
                    id.vaultId(), source.snapshotGroup(), disk.group(), Boolean.TRUE.equals(target.grantMissing()));
            RestoreOrder order = new RestoreOrder(
                    vault, instance, point, disk.resourceGroup(), disk.name(), RestoreTarget.fileName(disk.name()));
            commands.send(new RequestRestore(id, job, order, clock.instant()));
        }
        return accepted.answer(job);
    }

    private void requireVisible(ResourceGroupId group) {
        if (!access.may(Permission.GROUPS_READ, Scope.group(group.name()))) {
            throw RestoreRejection.targetGroupNotFound(group);
        }
    }

    private static Target targetOf(RestoreRequest request) {
        if (request.target() == null) {
            throw GeneralRejection.invalid("target is missing; it needs a resourceGroup and a diskName.");
        }
        return request.target();
    }

    private static DiskId diskOf(Target target) {
        if (target.resourceGroup() == null || target.diskName() == null) {
            throw GeneralRejection.invalid("target needs a resourceGroup and a diskName.");
        }
        if (target.format() != null && !target.format().equals(RAW)) {
            throw new CommandRejected(
                    RestoreRejection.FORMAT_NOT_SUPPORTED,
                    "target.format is '%s'; only raw is possible.".formatted(target.format()));
        }
        return new DiskId(target.resourceGroup(), target.diskName());
    }

    private String pointOf(InstanceId instance, @Nullable String asked) {
        if (asked == null) {
            throw GeneralRejection.invalid("recoveryPoint is missing; give an id, or \"latest\".");
        }
        if (asked.equals(LATEST)) {
            return instances.newestPoint(instance).orElseThrow(() -> RestoreRejection.pointNotFound(instance, asked));
        }
        if (!instances.hasPoint(instance, asked)) {
            throw RestoreRejection.pointNotFound(instance, asked);
        }
        return asked;
    }
}
