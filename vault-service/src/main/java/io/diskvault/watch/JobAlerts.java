package io.diskvault.watch;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Alerts;
import io.diskvault.alert.Cause;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobOrder;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.JobOrder.RestoringOrder;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/// Tells of jobs that failed for good, and, when the next one of the kind succeeds, that it is over.
@DisallowReplay
@ProcessingGroup(Alerts.GROUP)
final class JobAlerts {
    private final Alerts alerts;

    JobAlerts(Alerts alerts) {
        this.alerts = alerts;
    }

    @EventHandler
    void on(JobFailed event) {
        JobOrder order = event.order();
        Cause cause = Cause.ofInstance(
                        kindOf(order),
                        order.vault(),
                        order.instance(),
                        "%s of %s failed: %s (%s)"
                                .formatted(
                                        nameOf(order),
                                        Subject.of(order),
                                        event.error().message(),
                                        event.error().code()),
                        event.error().recommendedAction())
                .shownBy(event.job().text());
        alerts.occurred(cause, event.job().text(), event.at());
    }

    @EventHandler
    void on(JobCompleted event) {
        JobOrder order = event.order();
        switch (order) {
            case BackupOrder backup -> {
                over(order, event);
                if (backup.slot().isPresent()) {
                    alerts.gone(AlertKind.SLOT_MISSED, Subject.of(order), event.at());
                }
            }
            case KeepOrder _, RestoringOrder _ -> over(order, event);
            // Whether a test has proven something is not said by its job.
            case RestoreTestOrder _ -> {}
        }
    }

    private void over(JobOrder order, JobCompleted event) {
        alerts.gone(kindOf(order), Subject.of(order), event.at());
    }

    private static AlertKind kindOf(JobOrder order) {
        return switch (order) {
            case BackupOrder _, KeepOrder _ -> AlertKind.BACKUP_FAILED;
            case RestoringOrder _ -> AlertKind.RESTORE_FAILED;
            case RestoreTestOrder _ -> AlertKind.RESTORE_TEST_FAILED;
        };
    }

    private static String nameOf(JobOrder order) {
        return switch (order) {
            case BackupOrder _, KeepOrder _ -> "A backup";
            case RestoringOrder _ -> "A restore";
            case RestoreTestOrder _ -> "A restore test";
        };
    }
}
