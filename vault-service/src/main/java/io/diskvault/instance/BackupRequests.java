package io.diskvault.instance;

import io.diskvault.instance.InstanceCommand.DecideBackup;
import io.diskvault.instance.InstanceCommand.RequestBackup;
import io.diskvault.instance.InstanceCommand.RequestKeep;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobOrder;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobRetries;
import io.diskvault.job.view.JobRows;
import java.util.Optional;
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
        InstanceId instance = command.instance();
        queue(
                new DecideBackup(
                        instance,
                        command.job(),
                        command.slot(),
                        command.decidedUntil(),
                        command.retentionTag(),
                        limits,
                        command.at()),
                new BackupOrder(instance.vault(), instance.name(), command.slot(), command.retentionTag()),
                command.retries());
    }

    @CommandHandler
    void handle(RequestKeep command) {
        InstanceId instance = command.instance();
        queue(
                new DecideBackup(
                        instance,
                        command.job(),
                        Optional.empty(),
                        Optional.empty(),
                        command.retentionTag(),
                        limits,
                        command.at()),
                new KeepOrder(instance.vault(), instance.name(), command.export(), command.retentionTag()),
                Optional.empty());
    }

    private void queue(DecideBackup decision, JobOrder order, Optional<JobRetries> retries) {
        if (jobs.existsById(decision.job().text())) {
            return; // a repetition, also of a request that the instance has forgotten by now
        }
        ended.forget(decision.instance(), decision.at());
        boolean agreed = commands.sendAndWait(decision);
        if (agreed) {
            commands.<Object>sendAndWait(new QueueJob(
                    decision.job(), order, instances.datastoreOf(decision.instance()), retries, decision.at()));
        }
    }
}
