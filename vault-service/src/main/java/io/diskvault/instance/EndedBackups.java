package io.diskvault.instance;

import io.diskvault.disk.DiskId;
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

/// Whoever has seen that a job has ended, a backup or a restore over the disk, may ask for the next one or delete the
/// instance, also in the moment before the instance was told of the end: the request then tells it.
final class EndedBackups {
    private final CommandGateway commands;
    private final Overwrites overwrites;
    private final InstanceRows instances;
    private final JobRows jobs;

    EndedBackups(CommandGateway commands, Overwrites overwrites, InstanceRows instances, JobRows jobs) {
        this.commands = commands;
        this.overwrites = overwrites;
        this.instances = instances;
        this.jobs = jobs;
    }

    /// Of the disk alone, whomever it belongs to. Part of the transaction of the request.
    void forgetOverwrite(DiskId disk, Instant at) {
        overwrites.forget(disk, at);
    }

    /// Part of the transaction of the request.
    void forget(InstanceId instance, Instant at) {
        Optional<InstanceRow> row = instances.findById(instance.path());
        // The disk first: it comes before its instance wherever both are changed.
        row.ifPresent(found -> overwrites.forget(DiskId.parse(found.disk()), at));
        Optional<JobRow> ended = row.map(InstanceRow::runningJob)
                .flatMap(jobs::findById)
                .filter(job -> JobStatus.of(job.status()).isFinal());
        ended.ifPresent(job ->
                commands.sendAndWait(new EndBackup(instance, new JobId(UUID.fromString(job.id())), job.status(), at)));
    }
}
