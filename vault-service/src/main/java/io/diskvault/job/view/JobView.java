package io.diskvault.job.view;

import io.diskvault.job.JobError;
import io.diskvault.job.JobEvent;
import io.diskvault.job.JobEvent.JobCancellationRequested;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobQueued;
import io.diskvault.job.JobEvent.JobRequeued;
import io.diskvault.job.JobEvent.JobRetryScheduled;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobEvent.RestoreMeasured;
import io.diskvault.job.JobOrder;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.JobOrder.RestoringOrder;
import io.diskvault.job.JobStatus;
import io.diskvault.web.ColumnText;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the table of jobs. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class JobView {
    /// As the table has them.
    private static final int CODE_MAX = 100;

    private static final int MESSAGE_MAX = 4000;
    private static final int ACTION_MAX = 1000;
    private static final int WARNINGS_MAX = 4000;

    private final JobRows rows;

    JobView(JobRows rows) {
        this.rows = rows;
    }

    @EventHandler
    void on(JobQueued event) {
        rows.deleteById(event.job().text());
        rows.save(rowOf(event));
    }

    private static JobRow rowOf(JobQueued event) {
        JobOrder order = event.order();
        KeepOrder keep = order instanceof KeepOrder it ? it : null;
        RestoringOrder restore = order instanceof RestoringOrder it ? it : null;
        return new JobRow(
                event.job().text(),
                order.operation().text(),
                JobStatus.QUEUED.text(),
                order.userTriggered(),
                order.vault(),
                order.instance(),
                recoveryPointOf(order).orElse(null),
                slotOf(order).orElse(null),
                order.retentionTag().orElse(null),
                targetGroupOf(order).orElse(null),
                restore == null ? null : restore.diskName(),
                order instanceof RestoreOrder made ? made.fileName() : null,
                event.at(),
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                "",
                event.datastore().orElse(null),
                null,
                keep == null ? null : keep.export(),
                0,
                order instanceof OverwriteOrder over ? over.diskId() : null,
                restore != null && restore.continueOnDamage(),
                null,
                null,
                null,
                order instanceof RestoreOrder made ? made.format() : null);
    }

    private static Optional<String> recoveryPointOf(JobOrder order) {
        return switch (order) {
            case BackupOrder _, KeepOrder _ -> Optional.empty();
            case RestoringOrder restore -> Optional.of(restore.recoveryPoint());
            case RestoreTestOrder test -> Optional.of(test.recoveryPoint());
        };
    }

    private static Optional<String> targetGroupOf(JobOrder order) {
        return switch (order) {
            case BackupOrder _, KeepOrder _ -> Optional.empty();
            case RestoringOrder restore -> Optional.of(restore.resourceGroup());
            case RestoreTestOrder test -> Optional.of(test.resourceGroup());
        };
    }

    private static Optional<Instant> slotOf(JobOrder order) {
        return switch (order) {
            case BackupOrder backup -> backup.slot();
            case RestoreTestOrder test -> test.slot();
            case KeepOrder _, RestoringOrder _ -> Optional.empty();
        };
    }

    @EventHandler
    void on(JobStarted event) {
        require(event, rows.started(event.job().text(), event.at(), event.attempt()));
    }

    @EventHandler
    void on(JobRequeued event) {
        require(event, rows.setStatus(event.job().text(), JobStatus.QUEUED.text()));
    }

    @EventHandler
    void on(JobRetryScheduled event) {
        JobError error = event.error();
        require(
                event,
                rows.retryScheduled(
                        event.job().text(),
                        event.notBefore(),
                        ColumnText.of(error.code(), CODE_MAX),
                        ColumnText.of(error.message(), MESSAGE_MAX),
                        ColumnText.of(error.recommendedAction(), ACTION_MAX)));
    }

    @EventHandler
    void on(JobCancellationRequested event) {
        require(event, rows.setStatus(event.job().text(), JobStatus.CANCELLING.text()));
    }

    @EventHandler
    void on(JobCancelled event) {
        require(event, rows.cancelled(event.job().text(), event.at()));
    }

    @EventHandler
    void on(JobCompleted event) {
        JobStatus status = event.warnings().isEmpty() ? JobStatus.COMPLETED : JobStatus.COMPLETED_WITH_WARNINGS;
        String warnings = ColumnText.of(String.join("\n", event.warnings()), WARNINGS_MAX);
        require(
                event,
                rows.completed(
                        event.job().text(),
                        status.text(),
                        event.at(),
                        warnings,
                        event.totalBytes(),
                        event.recoveryPoint().orElse(null)));
    }

    @EventHandler
    void on(RestoreMeasured event) {
        require(
                event,
                rows.measured(event.job().text(), event.writtenBytes(), event.keptBytes(), event.damagedBytes()));
    }

    @EventHandler
    void on(JobFailed event) {
        JobError error = event.error();
        require(
                event,
                rows.failed(
                        event.job().text(),
                        event.at(),
                        ColumnText.of(error.code(), CODE_MAX),
                        ColumnText.of(error.message(), MESSAGE_MAX),
                        ColumnText.of(error.recommendedAction(), ACTION_MAX),
                        error.retryable()));
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }

    private static void require(JobEvent event, int changed) {
        if (changed != 1) {
            throw new IllegalStateException("no row for the job " + event.job().text());
        }
    }
}
