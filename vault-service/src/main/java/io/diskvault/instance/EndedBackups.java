package io.diskvault.instance;

import io.diskvault.instance.InstanceCommand.EndBackup;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.job.JobId;
import io.diskvault.job.JobStatus;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Whoever has seen that a backup's job has ended may ask for the next backup or delete the instance, also in the
/// moment before the instance was told of the end: the request then tells it.
final class EndedBackups {
    private final CommandGateway commands;
    private final InstanceRows instances;
    private final JobRows jobs;

    EndedBackups(CommandGateway commands, InstanceRows instances, JobRows jobs) {
        this.commands = commands;
        this.instances = instances;
        this.jobs = jobs;
    }

    /// Part of the transaction of the request.
    void forget(InstanceId instance, Instant at) {
        Optional<JobRow> ended = instances
                .findById(instance.path())
                .map(InstanceRow::runningJob)
                .flatMap(jobs::findById)
                .filter(job -> JobStatus.of(job.status()).isFinal());
        ended.ifPresent(job ->
                commands.sendAndWait(new EndBackup(instance, new JobId(UUID.fromString(job.id())), job.status(), at)));
    }
}
