package io.diskvault.instance;

import io.diskvault.command.Commands;
import io.diskvault.disk.DiskId;
import io.diskvault.instance.InstanceCommand.EndBackup;
import io.diskvault.instance.InstanceCommand.SettleOverwrite;
import io.diskvault.instance.InstanceEvent.BackupSlotSkipped;
import io.diskvault.instance.InstanceEvent.SkipReason;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.JobStatus;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells an instance that its backup, or a restore over its disk, has ended, so that the next one may start, and the
/// operator that one could not.
@DisallowReplay
@ProcessingGroup("backup-outcomes")
final class BackupOutcomes {
    private static final Logger LOG = LoggerFactory.getLogger(BackupOutcomes.class);

    private final Commands commands;

    BackupOutcomes(Commands commands) {
        this.commands = commands;
    }

    @EventHandler
    void on(JobCompleted event) {
        tell(event, JobStatus.COMPLETED);
    }

    @EventHandler
    void on(JobFailed event) {
        tell(event, JobStatus.FAILED);
    }

    @EventHandler
    void on(JobCancelled event) {
        tell(event, JobStatus.CANCELLED);
    }

    @EventHandler
    void on(BackupSlotSkipped event) {
        if (event.reason() == SkipReason.MAX_RECOVERY_POINTS_REACHED) {
            LOG.warn(
                    "instance {}: slot {} was skipped: {}",
                    event.instance().path(),
                    event.slot(),
                    InstanceRejection.MAX_RECOVERY_POINTS_REACHED.code());
        }
    }

    private void tell(JobEnded event, JobStatus outcome) {
        InstanceId instance =
                new InstanceId(event.order().vault(), event.order().instance());
        switch (event.order()) {
            case BackupOrder _, KeepOrder _ ->
                commands.send(new EndBackup(instance, event.job(), outcome.text(), event.at()));
            case OverwriteOrder over ->
                commands.send(new SettleOverwrite(
                        instance, event.job(), new DiskId(over.resourceGroup(), over.diskName()), event.at()));
            case RestoreOrder _, RestoreTestOrder _ -> {}
        }
    }
}
