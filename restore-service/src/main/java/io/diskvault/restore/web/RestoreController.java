package io.diskvault.restore.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.command.Commands;
import io.diskvault.disk.Disks;
import io.diskvault.disk.Disks.RegisteredDisk;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceCommand.RequestOverwrite;
import io.diskvault.instance.InstanceCommand.RequestRestore;
import io.diskvault.instance.InstanceId;
import io.diskvault.job.AcceptedJobs;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.restore.Obstacles;
import io.diskvault.restore.RestorePoints;
import io.diskvault.restore.RestoreRejection;
import io.diskvault.restore.RestoreTarget;
import io.diskvault.restore.RestoreWish;
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
    private final RestoreQuestion question;
    private final VaultIdentity identity;
    private final InstanceCatalog instances;
    private final RestorePoints points;
    private final Disks disks;
    private final AcceptedJobs accepted;
    private final Commands commands;
    private final Clock clock;

    RestoreController(
            RestoreQuestion question,
            VaultIdentity identity,
            InstanceCatalog instances,
            RestorePoints points,
            Disks disks,
            AcceptedJobs accepted,
            Commands commands,
            Clock clock) {
        this.question = question;
        this.identity = identity;
        this.instances = instances;
        this.points = points;
        this.disks = disks;
        this.accepted = accepted;
        this.commands = commands;
        this.clock = clock;
    }

    @Post
    @Allow(Permission.RESTORES_START)
    HttpResponse<?> start(
            String vault,
            String instance,
            @Body RestoreRequest request,
            @Header("Idempotency-Key") @Nullable String idempotencyKey) {
        InstanceId id = new InstanceId(vault, instance);
        JobId job = accepted.idFor("restore", id.path(), idempotencyKey);
        if (!accepted.isKnown(job)) {
            Obstacles obstacles = new Obstacles();
            RestoreWish wish = question.look(id, request, obstacles).orElse(null);
            obstacles.requireNone();
            if (wish != null) {
                request(wish, request, job);
            }
        }
        return accepted.answer(job);
    }

    private void request(RestoreWish wish, RestoreRequest request, JobId job) {
        String point = points.idOf(wish.instance(), wish.point());
        if (wish.overwrite()) {
            overwrite(wish, point, request, job);
        } else {
            make(wish, point, request, job);
        }
    }

    private void make(RestoreWish wish, String point, RestoreRequest request, JobId job) {
        InstanceId id = wish.instance();
        identity.ensureRestore(
                id.vaultId(),
                instances.restorable(id).snapshotGroup(),
                wish.disk().group(),
                request.grantMissing());
        RestoreOrder order = new RestoreOrder(
                id.vault(),
                id.name(),
                point,
                wish.disk().resourceGroup(),
                wish.disk().name(),
                RestoreTarget.fileName(wish.disk().name(), wish.format()),
                wish.continueOnDamage(),
                wish.format().text());
        commands.send(new RequestRestore(id, job, order, clock.instant()));
    }

    private void overwrite(RestoreWish wish, String point, RestoreRequest request, JobId job) {
        InstanceId id = wish.instance();
        RegisteredDisk disk = disks.find(wish.disk()).orElseThrow(() -> RestoreRejection.diskReplaced(wish.disk()));
        requireConfirmed(wish, point, request, disk);
        identity.ensureOverwrite(
                id.vaultId(), instances.restorable(id).snapshotGroup(), wish.disk(), request.grantMissing());
        OverwriteOrder order = new OverwriteOrder(
                id.vault(),
                id.name(),
                point,
                wish.disk().resourceGroup(),
                wish.disk().name(),
                disk.uniqueId(),
                wish.continueOnDamage());
        commands.send(new RequestOverwrite(id, job, order, disk.protectedBy().map(InstanceId::parse), clock.instant()));
    }

    private void requireConfirmed(RestoreWish wish, String point, RestoreRequest request, RegisteredDisk disk) {
        String name = wish.disk().path();
        if (!name.equals(request.to().confirm())) {
            throw RestoreRejection.notConfirmed(
                    "This would write over the disk '%s' (%s, %d bytes%s) with the recovery point '%s' of '%s'. What is on it now is lost, in no recovery point unless it was backed up."
                            .formatted(
                                    name,
                                    disk.source(),
                                    disks.locate(wish.disk()).sizeBytes(),
                                    disk.protectedBy()
                                            .map(owner -> ", protected by '" + owner + "'")
                                            .orElse(", not protected"),
                                    point,
                                    wish.instance().path()));
        }
    }
}
