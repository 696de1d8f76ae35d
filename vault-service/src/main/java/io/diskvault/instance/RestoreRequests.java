package io.diskvault.instance;

import io.diskvault.disk.DiskCommand.StartDiskRestore;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.DecideRestore;
import io.diskvault.instance.InstanceCommand.RequestOverwrite;
import io.diskvault.instance.InstanceCommand.RequestRestore;
import io.diskvault.instance.InstanceCommand.YieldToOverwrite;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoringOrder;
import io.diskvault.job.view.JobRows;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Takes requests for restores: the instance decides, and what it agrees to is queued in the same transaction. A disk
/// that is written over and the instance that it belongs to have to agree, too.
final class RestoreRequests {
    private final CommandGateway commands;
    private final JobRows jobs;
    private final InstanceCatalog instances;
    private final EndedBackups ended;
    private final DailyLimits limits;

    RestoreRequests(
            CommandGateway commands, JobRows jobs, InstanceCatalog instances, EndedBackups ended, DailyLimits limits) {
        this.commands = commands;
        this.jobs = jobs;
        this.instances = instances;
        this.ended = ended;
        this.limits = limits;
    }

    @CommandHandler
    void handle(RequestRestore command) {
        if (isRepetition(command.job())) {
            return;
        }
        if (decide(command.instance(), command.job(), command.order(), command.at())) {
            queue(command.instance(), command.job(), command.order(), command.at());
        }
    }

    /// The disk comes before instances, and of two instances the one whose name is first, so that two requests cannot
    /// wait for each other.
    @CommandHandler
    void handle(RequestOverwrite command) {
        if (isRepetition(command.job())) {
            return;
        }
        OverwriteOrder order = command.order();
        DiskId disk = new DiskId(order.resourceGroup(), order.diskName());
        ended.forgetOverwrite(disk, command.at());
        commands.<Object>sendAndWait(new StartDiskRestore(
                disk,
                order.diskId(),
                command.protectedBy().map(InstanceId::path),
                command.job().text(),
                command.at()));
        Optional<InstanceId> owner = command.protectedBy();
        boolean ownerFirst = owner.filter(
                        other -> other.path().compareTo(command.instance().path()) < 0)
                .isPresent();
        if (ownerFirst) {
            owner.ifPresent(instance -> giveWay(instance, command));
        }
        boolean queue = decide(command.instance(), command.job(), order, command.at());
        if (!ownerFirst) {
            owner.ifPresent(instance -> giveWay(instance, command));
        }
        if (queue) {
            queue(command.instance(), command.job(), order, command.at());
        }
    }

    /// Also of a request that the instance has forgotten by now.
    private boolean isRepetition(JobId job) {
        return jobs.existsById(job.text());
    }

    private void giveWay(InstanceId owner, RequestOverwrite command) {
        ended.forget(owner, command.at());
        commands.<Object>sendAndWait(new YieldToOverwrite(owner, command.job(), command.at()));
    }

    private boolean decide(InstanceId instance, JobId job, RestoringOrder order, Instant at) {
        return commands.<Boolean>sendAndWait(
                new DecideRestore(instance, job, order.recoveryPoint(), limits.restoresPerDay(), at));
    }

    private void queue(InstanceId instance, JobId job, RestoringOrder order, Instant at) {
        commands.<Object>sendAndWait(new QueueJob(job, order, instances.datastoreOf(instance), Optional.empty(), at));
    }
}
