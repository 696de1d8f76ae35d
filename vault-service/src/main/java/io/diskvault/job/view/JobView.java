package io.diskvault.job.view;

import io.diskvault.job.JobEvent;
import io.diskvault.job.JobEvent.JobCancellationRequested;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
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
import io.diskvault.job.view.JobCountRow.Span;
import io.diskvault.platform.Replays;
import io.diskvault.platform.ViewTable;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/// Keeps the tables of jobs and of how many there are. They can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class JobView {
    private final ViewTable<JobRow> jobs;
    private final ViewTable<JobCountRow> counts;

    JobView(JobRows jobs, JobCountRows counts, Replays replays) {
        this.jobs = replays.table(jobs, JobRow::id);
        this.counts = replays.table(counts, JobCountRow::id);
    }

    @EventHandler
    void on(JobQueued event) {
        jobs.add(rowOf(event));
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
        change(event, row -> row.started(event.at(), event.attempt()));
    }

    @EventHandler
    void on(JobRequeued event) {
        change(event, row -> row.at(JobStatus.QUEUED));
    }

    @EventHandler
    void on(JobRetryScheduled event) {
        change(event, row -> row.retryScheduled(event.error(), event.notBefore()));
    }

    @EventHandler
    void on(JobCancellationRequested event) {
        change(event, row -> row.at(JobStatus.CANCELLING));
    }

    @EventHandler
    void on(RestoreMeasured event) {
        change(event, row -> row.measured(event));
    }

    @EventHandler
    void on(JobEnded event) {
        JobRow ended = change(event, row -> ended(row, event));
        for (Span span : Span.values()) {
            JobCountRow none = JobCountRow.of(span, ended);
            counts.put(counts.find(none.id()).orElse(none).plusOne());
        }
    }

    private static JobRow ended(JobRow row, JobEnded event) {
        return switch (event) {
            case JobCompleted completed -> row.completed(completed);
            case JobFailed failed -> row.failed(failed.error(), failed.at());
            case JobCancelled cancelled -> row.cancelled(cancelled.at());
        };
    }

    @ResetHandler
    void reset() {
        jobs.clear();
        counts.clear();
    }

    private JobRow change(JobEvent event, UnaryOperator<JobRow> change) {
        String id = event.job().text();
        JobRow changed =
                jobs.find(id).map(change).orElseThrow(() -> new IllegalStateException("no row for the job " + id));
        jobs.change(changed);
        return changed;
    }
}
