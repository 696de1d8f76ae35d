package io.diskvault.instance;

import io.diskvault.disk.DiskCommand.EndDiskRestore;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.view.DiskRow;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.instance.InstanceCommand.ResumeAfterOverwrite;
import io.diskvault.instance.InstanceCommand.SettleOverwrite;
import io.diskvault.job.JobId;
import io.diskvault.job.JobStatus;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;

/// Lets go of disks that were written over: the disk first, then the instance that it belonged to when that began.
final class Overwrites {
    private final CommandGateway commands;
    private final DiskRows disks;
    private final JobRows jobs;

    Overwrites(CommandGateway commands, DiskRows disks, JobRows jobs) {
        this.commands = commands;
        this.disks = disks;
        this.jobs = jobs;
    }

    @CommandHandler
    void handle(SettleOverwrite command) {
        settle(command.disk(), command.job(), command.at());
    }

    /// For requests that come in the moment between the end of a restore and its being told. Part of their transaction.
    void forget(DiskId disk, Instant at) {
        Optional<JobRow> ended = disks.findById(disk.path())
                .map(DiskRow::restoringJob)
                .flatMap(jobs::findById)
                .filter(job -> JobStatus.of(job.status()).isFinal());
        ended.ifPresent(job -> settle(disk, new JobId(UUID.fromString(job.id())), at));
    }

    private void settle(DiskId disk, JobId job, Instant at) {
        Optional<String> owner = commands.sendAndWait(new EndDiskRestore(disk, job.text(), at));
        owner.map(InstanceId::parse)
                .ifPresent(instance -> commands.<Object>sendAndWait(new ResumeAfterOverwrite(instance, job, at)));
    }
}
