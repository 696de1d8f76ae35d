package io.diskvault.instance;

import io.diskvault.command.Commands;
import io.diskvault.instance.InstanceCommand.EndBackup;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobStatus;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/// Tells an instance that its backup has ended, so that the next one may start.
@DisallowReplay
@ProcessingGroup("backup-outcomes")
final class BackupOutcomes {
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

    private void tell(JobEnded event, JobStatus outcome) {
        if (event.order() instanceof BackupOrder backup) {
            InstanceId instance = new InstanceId(backup.vault(), backup.instance());
            commands.send(new EndBackup(instance, event.job(), outcome.text(), event.at()));
        }
    }
}
