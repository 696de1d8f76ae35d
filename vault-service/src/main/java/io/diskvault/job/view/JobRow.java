package io.diskvault.job.view;

import io.diskvault.job.JobError;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.RestoreMeasured;
import io.diskvault.job.JobStatus;
import io.diskvault.web.ColumnText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One job as people see it. Operation and status are the texts of [io.diskvault.job.Operation] and
/// [io.diskvault.job.JobStatus].
///
/// @param recoveryPoint what a backup made, or what a restore restores
/// @param slot the scheduled instant; null for an on-demand job
/// @param errorCode with its companions: why the job, or its latest attempt, failed
/// @param warnings one to a line; empty if there are none
/// @param datastore what the job reads or writes
/// @param notBefore when a job that failed and is to be repeated may start
/// @param export what a backup is of, if not of the disk
/// @param totalBytes what there was to read or write, once the job has completed
/// @param targetDiskId which disk a restore writes over; null if it makes a new one
/// @param continueOnDamage whether a restore leaves out what is damaged
/// @param writtenBytes with its companions: what a restore did, once it is done
/// @param keptBytes what was there already
/// @param damagedBytes what could not be restored
/// @param targetFormat what a new disk is made in; null if it was queued before there was a choice
@MappedEntity("job")
public record JobRow(
        @Id String id,
        String operation,
        String status,
        boolean userTriggered,
        String vault,
        String instance,
        @Nullable String recoveryPoint,
        @Nullable Instant slot,
        @Nullable String retentionTag,
        @Nullable String targetGroup,
        @Nullable String targetDisk,
        @Nullable String targetFile,
        Instant queuedTime,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        int attempt,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable String errorAction,
        @Nullable Boolean errorRetryable,
        String warnings,
        @Nullable String datastore,
        @Nullable Instant notBefore,
        @Nullable UUID export,
        long totalBytes,
        @Nullable UUID targetDiskId,
        boolean continueOnDamage,
        @Nullable Long writtenBytes,
        @Nullable Long keptBytes,
        @Nullable Long damagedBytes,
        @Nullable String targetFormat) {
    /// As the table has them.
    private static final int CODE_MAX = 100;

    private static final int MESSAGE_MAX = 4000;
    private static final int ACTION_MAX = 1000;
    private static final int WARNINGS_MAX = 4000;

    JobRow at(JobStatus now) {
        return with(now, startTime, endTime, attempt, notBefore, error());
    }

    /// The first start counts, whichever attempt made it.
    JobRow started(Instant at, int nextAttempt) {
        return with(
                JobStatus.IN_PROGRESS,
                startTime == null ? at : startTime,
                endTime,
                nextAttempt,
                null,
                Optional.empty());
    }

    /// An attempt failed, another will follow.
    JobRow retryScheduled(JobError why, Instant earliest) {
        JobError retried = new JobError(why.code(), why.message(), why.recommendedAction(), true);
        return with(JobStatus.QUEUED, startTime, endTime, attempt, earliest, Optional.of(retried));
    }

    JobRow cancelled(Instant at) {
        return with(JobStatus.CANCELLED, startTime, at, attempt, null, error());
    }

    JobRow failed(JobError why, Instant at) {
        return with(JobStatus.FAILED, startTime, at, attempt, notBefore, Optional.of(why));
    }

    /// Why the job, or its latest attempt, failed.
    public Optional<JobError> error() {
        return errorCode == null || errorMessage == null || errorAction == null
                ? Optional.empty()
                : Optional.of(new JobError(errorCode, errorMessage, errorAction, Boolean.TRUE.equals(errorRetryable)));
    }

    private JobRow with(
            JobStatus now,
            @Nullable Instant start,
            @Nullable Instant end,
            int attempts,
            @Nullable Instant earliest,
            Optional<JobError> error) {
        return new JobRow(
                id,
                operation,
                now.text(),
                userTriggered,
                vault,
                instance,
                recoveryPoint,
                slot,
                retentionTag,
                targetGroup,
                targetDisk,
                targetFile,
                queuedTime,
                start,
                end,
                attempts,
                error.map(it -> ColumnText.of(it.code(), CODE_MAX)).orElse(null),
                error.map(it -> ColumnText.of(it.message(), MESSAGE_MAX)).orElse(null),
                error.map(it -> ColumnText.of(it.recommendedAction(), ACTION_MAX))
                        .orElse(null),
                error.map(JobError::retryable).orElse(null),
                warnings,
                datastore,
                earliest,
                export,
                totalBytes,
                targetDiskId,
                continueOnDamage,
                writtenBytes,
                keptBytes,
                damagedBytes,
                targetFormat);
    }

    JobRow completed(JobCompleted event) {
        JobStatus now = event.warnings().isEmpty() ? JobStatus.COMPLETED : JobStatus.COMPLETED_WITH_WARNINGS;
        return new JobRow(
                id,
                operation,
                now.text(),
                userTriggered,
                vault,
                instance,
                event.recoveryPoint().orElse(recoveryPoint),
                slot,
                retentionTag,
                targetGroup,
                targetDisk,
                targetFile,
                queuedTime,
                startTime,
                event.at(),
                attempt,
                errorCode,
                errorMessage,
                errorAction,
                errorRetryable,
                ColumnText.of(String.join("\n", event.warnings()), WARNINGS_MAX),
                datastore,
                notBefore,
                export,
                event.totalBytes(),
                targetDiskId,
                continueOnDamage,
                writtenBytes,
                keptBytes,
                damagedBytes,
                targetFormat);
    }

    /// What a restore did.
    JobRow measured(RestoreMeasured event) {
        return new JobRow(
                id,
                operation,
                status,
                userTriggered,
                vault,
                instance,
                recoveryPoint,
                slot,
                retentionTag,
                targetGroup,
                targetDisk,
                targetFile,
                queuedTime,
                startTime,
                endTime,
                attempt,
                errorCode,
                errorMessage,
                errorAction,
                errorRetryable,
                warnings,
                datastore,
                notBefore,
                export,
                totalBytes,
                targetDiskId,
                continueOnDamage,
                event.writtenBytes(),
                event.keptBytes(),
                event.damagedBytes(),
                targetFormat);
    }
}
