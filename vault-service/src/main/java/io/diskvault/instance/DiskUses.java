package io.diskvault.instance;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.DiskRejection;
import io.diskvault.disk.view.DiskRow;
import io.diskvault.disk.view.DiskRows;
import io.diskvault.instance.view.InstanceRow;
import io.diskvault.instance.view.InstanceRows;
import io.diskvault.job.JobId;
import io.diskvault.job.JobStatus;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/// Which jobs are at a disk, or wait to be. The answers follow the events some milliseconds behind; the disk and its
/// instance decide.
@Singleton
public class DiskUses {
    private final DiskRows disks;
    private final InstanceRows instances;
    private final JobRows jobs;

    DiskUses(DiskRows disks, InstanceRows instances, JobRows jobs) {
        this.disks = disks;
        this.instances = instances;
        this.jobs = jobs;
    }

    /// Why a restore may not write over the disk now: another one does, or it is being backed up.
    public Optional<CommandRejected> obstacle(DiskId disk) {
        Optional<DiskRow> row = disks.findById(disk.path());
        return row.map(DiskRow::restoringJob)
                .flatMap(this::live)
                .map(job -> DiskRejection.beingRestored(disk, job.text()))
                .or(() -> row.map(DiskRow::protectedBy)
                        .flatMap(instances::findById)
                        .flatMap(this::backup));
    }

    private Optional<CommandRejected> backup(InstanceRow instance) {
        return Optional.ofNullable(instance.runningJob())
                .flatMap(this::live)
                .map(job -> InstanceRejection.stillRunning(InstanceId.parse(instance.id()), job));
    }

    private Optional<JobId> live(String job) {
        return jobs.findById(job)
                .filter(row -> !JobStatus.of(row.status()).isFinal())
                .map(JobRow::id)
                .map(UUID::fromString)
                .map(JobId::new);
    }
}
