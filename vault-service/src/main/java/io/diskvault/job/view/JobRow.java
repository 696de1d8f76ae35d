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
        @Nullable String targetFormat) {}
