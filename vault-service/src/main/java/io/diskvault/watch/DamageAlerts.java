package io.diskvault.watch;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Alerts;
import io.diskvault.alert.Cause;
import io.diskvault.instance.InstanceEvent.RecoveryPointExpired;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.RestoreMeasured;
import io.diskvault.job.JobId;
import io.diskvault.job.JobOrder;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.JobOrder.RestoringOrder;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;

/// Tells of data that jobs found damaged: in a recovery point that they read, or in what a backup builds on. It is
/// over when the whole point could be read after all or is gone, or when the next backup succeeded.
@DisallowReplay
@ProcessingGroup(Alerts.GROUP)
final class DamageAlerts {
    /// As [io.diskvault.snapshot.EngineErrors] says it.
    private static final String DAMAGED = "UserErrorDatastoreDamaged";

    private static final String ACTION =
            "Test the other recovery points with a restore test; the next backup writes damaged blocks that the disk"
                    + " still has anew. Look into the health of the datastore's disk.";

    private final Alerts alerts;
    private final EventStore events;

    DamageAlerts(Alerts alerts, EventStore events) {
        this.alerts = alerts;
        this.events = events;
    }

    @EventHandler
    void on(JobFailed event) {
        if (event.error().code().equals(DAMAGED)) {
            report(event, event.error().message());
        }
    }

    @EventHandler
    void on(JobCompleted event) {
        long damaged = event.order() instanceof RestoringOrder restore && restore.continueOnDamage()
                ? damagedBytes(event.job())
                : 0;
        if (damaged > 0) {
            report(event, "%d bytes could not be restored.".formatted(damaged));
        } else if (!(event.order() instanceof OverwriteOrder)) {
            // What was right on the disk already was not read from the recovery point.
            alerts.gone(AlertKind.DAMAGED_DATA, subjectOf(event.order()), event.at());
        }
    }

    @EventHandler
    void on(RecoveryPointExpired event) {
        alerts.gone(AlertKind.DAMAGED_DATA, Subject.of(event.instance().path(), event.point()), event.at());
    }

    private void report(JobEnded event, String detail) {
        JobOrder order = event.order();
        String instance = Subject.of(order);
        String what = pointOf(order)
                .map(point -> "The recovery point %s of %s is damaged".formatted(point, instance))
                .orElse("What the backups of %s build on is damaged".formatted(instance));
        Cause cause = Cause.ofInstance(
                        AlertKind.DAMAGED_DATA, order.vault(), order.instance(), what + ": " + detail, ACTION)
                .about(subjectOf(order))
                .shownBy(event.job().text());
        alerts.occurred(cause, event.job().text(), event.at());
    }

    private static String subjectOf(JobOrder order) {
        return pointOf(order).map(point -> Subject.of(Subject.of(order), point)).orElseGet(() -> Subject.of(order));
    }

    private static Optional<String> pointOf(JobOrder order) {
        return switch (order) {
            case BackupOrder _, KeepOrder _ -> Optional.empty();
            case RestoringOrder restore -> Optional.of(restore.recoveryPoint());
            case RestoreTestOrder test -> Optional.of(test.recoveryPoint());
        };
    }

    /// What the job itself had said just before it ended.
    private long damagedBytes(JobId job) {
        return events.readEvents(job.toString())
                .asStream()
                .map(DomainEventMessage::getPayload)
                .filter(RestoreMeasured.class::isInstance)
                .map(RestoreMeasured.class::cast)
                .mapToLong(RestoreMeasured::damagedBytes)
                .reduce(0, (_, latest) -> latest);
    }
}
