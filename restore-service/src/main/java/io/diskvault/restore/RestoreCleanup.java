package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.disk.DiskId;
import io.diskvault.disk.Disks;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobOrder.RestoreOrder;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what a restore to a new disk has left whose worker was lost: nobody goes on with it once the job has ended.
@Singleton
@DisallowReplay
@ProcessingGroup("restore-cleanup")
class RestoreCleanup {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreCleanup.class);

    private final RestoreTarget targets;
    private final Disks disks;

    RestoreCleanup(RestoreTarget targets, Disks disks) {
        this.targets = targets;
        this.disks = disks;
    }

    @EventHandler
    void on(JobCancelled event) {
        cleanUp(event);
    }

    @EventHandler
    void on(JobFailed event) {
        cleanUp(event);
    }

    private void cleanUp(JobEnded event) {
        if (event.order() instanceof RestoreOrder order) {
            DiskId disk = new DiskId(order.resourceGroup(), order.diskName());
            try (Descriptor directory = targets.hold(disk.group())) {
                RestoreFiles files =
                        RestoreFiles.in(directory.self(), event.job().text(), order.fileName());
                if (disks.uniqueIdOf(disk).filter(event.job().value()::equals).isPresent()) {
                    files.tidyUp();
                } else {
                    files.withdraw();
                }
            } catch (IOException | CommandRejected gone) {
                // A directory that cannot be reached now must not hold up the end of other jobs.
                LOG.warn(
                        "job {}: what it left could not be looked for: {}",
                        event.job().text(),
                        gone.toString());
            }
        }
    }
}
