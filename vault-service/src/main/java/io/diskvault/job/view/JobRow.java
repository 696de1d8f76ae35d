package io.diskvault.job.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
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
        long totalBytes) {}
