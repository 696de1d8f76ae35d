package io.diskvault.instance;

import io.diskvault.instance.InstanceCommand.DecideRestore;
import io.diskvault.instance.InstanceCommand.RequestRestore;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.view.JobRows;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Takes requests for restores: the instance decides, and what it agrees to is queued in the same transaction.
final class RestoreRequests {
    private final CommandGateway commands;
    private final JobRows jobs;
    private final InstanceCatalog instances;
    private final DailyLimits limits;

    RestoreRequests(CommandGateway commands, JobRows jobs, InstanceCatalog instances, DailyLimits limits) {
        this.commands = commands;
        this.jobs = jobs;
        this.instances = instances;
        this.limits = limits;
    }

    @CommandHandler
    void handle(RequestRestore command) {
        if (jobs.existsById(command.job().text())) {
            return; // a repetition, also of a request that the instance has forgotten by now
        }
        boolean queue = commands.sendAndWait(new DecideRestore(
                command.instance(),
                command.job(),
                command.order().recoveryPoint(),
                limits.restoresPerDay(),
                command.at()));
        if (queue) {
            commands.<Object>sendAndWait(new QueueJob(
                    command.job(),
                    command.order(),
                    instances.datastoreOf(command.instance()),
                    Optional.empty(),
                    command.at()));
        }
    }
}
