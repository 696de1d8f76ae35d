package io.diskvault.instance;

import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.RequestBackup;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.view.JobRows;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Takes requests for backups: the instance decides, and what it agrees to is queued in the same transaction.
final class BackupRequests {
    private final CommandGateway commands;
    private final JobRows jobs;
    private final InstanceCatalog instances;
    private final EndedBackups ended;
    private final BackupLimits limits;

    BackupRequests(
            CommandGateway commands, JobRows jobs, InstanceCatalog instances, EndedBackups ended, BackupLimits limits) {
        this.commands = commands;
        this.jobs = jobs;
        this.instances = instances;
        this.ended = ended;
        this.limits = limits;
    }

    @CommandHandler
    void handle(RequestBackup command) {
        if (jobs.existsById(command.job().text())) {
            return; // a repetition, also of a request that the instance has forgotten by now
        }
        ended.forget(command.instance(), command.at());
        boolean queue = commands.sendAndWait(new DecideBackup(
                command.instance(),
                command.job(),
                command.slot(),
                command.decidedUntil(),
                command.retentionTag(),
                limits,
                command.at()));
        if (queue) {
            BackupOrder order = new BackupOrder(
                    command.instance().vault(), command.instance().name(), command.slot(), command.retentionTag());
            commands.sendAndWait(new QueueJob(
                    command.job(), order, instances.datastoreOf(command.instance()), command.retries(), command.at()));
        }
    }
}
