package io.diskvault.job.web;

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
import io.diskvault.job.RequeueReason;
import java.time.Instant;
import java.util.Optional;

/// What happened to a job, in a sentence for people and a word for programs.
final class JobSentences {
    private JobSentences() {}

    static String nameOf(JobEvent event) {
        return switch (event) {
            case JobQueued _ -> "Queued";
            case JobStarted _ -> "Started";
            case JobRequeued _ -> "Requeued";
            case JobRetryScheduled _ -> "RetryScheduled";
            case JobCancellationRequested _ -> "CancellationRequested";
            case RestoreMeasured _ -> "Measured";
            case JobCancelled _ -> "Cancelled";
            case JobCompleted _ -> "Completed";
            case JobFailed _ -> "Failed";
        };
    }

    static String of(JobEvent event) {
        return switch (event) {
            case JobQueued queued -> queued(queued.order());
            case JobStarted started -> "Attempt %d was started.".formatted(started.attempt());
            case JobRequeued requeued -> requeued(requeued);
            case JobRetryScheduled retry ->
                "Attempt %d failed: %s The next one starts at %s."
                        .formatted(retry.attempt(), sentence(retry.error()), retry.notBefore());
            case JobCancellationRequested _ -> "The job was asked to stop.";
            case RestoreMeasured measured -> measured(measured);
            case JobCancelled _ -> "The job was cancelled.";
            case JobCompleted completed -> completed(completed);
            case JobFailed failed -> "The job failed: " + sentence(failed.error());
        };
    }

    private static String queued(JobOrder order) {
        return switch (order) {
            case BackupOrder backup -> "A backup was queued" + slot(backup.slot()) + keptAs(backup.retentionTag());
            case KeepOrder keep ->
                "A backup of what was written to the export %s was queued%s"
                        .formatted(keep.export(), keptAs(keep.retentionTag()));
            case RestoreOrder restore ->
                "A restore of the recovery point %s to the new disk %s/%s was queued."
                        .formatted(restore.recoveryPoint(), restore.resourceGroup(), restore.diskName());
            case OverwriteOrder overwrite ->
                "A restore of the recovery point %s over the disk %s/%s was queued."
                        .formatted(overwrite.recoveryPoint(), overwrite.resourceGroup(), overwrite.diskName());
            case RestoreTestOrder test ->
                "A test of the recovery point %s was queued%s.".formatted(test.recoveryPoint(), slot(test.slot()));
        };
    }

    private static String slot(Optional<Instant> slot) {
        return slot.map(" for the slot of %s"::formatted).orElse("");
    }

    private static String keptAs(Optional<String> tag) {
        return tag.map(", to be kept as %s."::formatted).orElse(".");
    }

    private static String requeued(JobRequeued requeued) {
        return switch (requeued.reason()) {
            case RequeueReason.WORKER_LOST ->
                "Attempt %d was lost with its worker; the job is queued again.".formatted(requeued.attempt());
            case RequeueReason.SERVER_STOPPED ->
                "The server was stopped during attempt %d; the job is queued again.".formatted(requeued.attempt());
        };
    }

    private static String measured(RestoreMeasured measured) {
        String damaged = measured.damagedBytes() == 0
                ? ""
                : ", and %d bytes could not be restored".formatted(measured.damagedBytes());
        return "%d bytes were written, %d bytes were right already%s."
                .formatted(measured.writtenBytes(), measured.keptBytes(), damaged);
    }

    private static String completed(JobCompleted completed) {
        int warnings = completed.warnings().size();
        return switch (warnings) {
            case 0 -> "The job was completed.";
            case 1 -> "The job was completed, with a warning.";
            default -> "The job was completed, with %d warnings.".formatted(warnings);
        };
    }

    /// The first line of what went wrong, ended as a sentence is.
    private static String sentence(JobError error) {
        String line = error.message().lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
