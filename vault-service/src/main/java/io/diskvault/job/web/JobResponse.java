package io.diskvault.job.web;

import io.diskvault.job.JobError;
import io.diskvault.job.JobStatus;
import io.diskvault.job.view.JobLeaseRow;
import io.diskvault.job.view.JobRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A job as callers see it.
///
/// @param slot the scheduled instant; null for an on-demand job
/// @param notBefore when a job whose latest attempt failed is started again; `error` then says why it failed
/// @param target the disk that a restore makes or writes over; null for a backup
/// @param restored what a restore did, once it is done
public record JobResponse(
        String id,
        String operation,
        String status,
        boolean userTriggered,
        String vault,
        String instance,
        @Nullable String recoveryPoint,
        @Nullable Instant slot,
        @Nullable Target target,
        @Nullable Restored restored,
        Instant queuedTime,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        int attempt,
        @Nullable Instant notBefore,
        Progress progress,
        List<String> warnings,
        @Nullable JobError error) {
    /// @param percent of the bytes that have to be read or written, 0 to 100
    public record Progress(long doneBytes, long totalBytes, double percent) {
        static Progress of(JobRow row, Optional<JobLeaseRow> lease) {
            if (row.status().startsWith(JobStatus.COMPLETED.text())) {
                return new Progress(row.totalBytes(), row.totalBytes(), 100);
            }
            long done = lease.map(JobLeaseRow::doneBytes).orElse(0L);
            long total = lease.map(JobLeaseRow::totalBytes).orElse(0L);
            double percent = total == 0 ? 0 : Math.round(1000.0 * done / total) / 10.0;
            return new Progress(done, total, percent);
        }
    }

    /// @param overwrite whether the disk was there before
    public record Target(String resourceGroup, String diskName, boolean overwrite, boolean continueOnDamage) {
        static @Nullable Target of(JobRow row) {
            return row.targetGroup() == null || row.targetDisk() == null
                    ? null
                    : new Target(
                            row.targetGroup(), row.targetDisk(), row.targetDiskId() != null, row.continueOnDamage());
        }
    }

    /// @param writtenBytes by the attempt that ended it
    /// @param keptBytes what was on the disk already as it has to be, and was not written
    /// @param damagedBytes what could not be restored
    public record Restored(long writtenBytes, long keptBytes, long damagedBytes) {
        static @Nullable Restored of(JobRow row) {
            return row.writtenBytes() == null || row.keptBytes() == null || row.damagedBytes() == null
                    ? null
                    : new Restored(row.writtenBytes(), row.keptBytes(), row.damagedBytes());
        }
    }

    /// @param lease how far the job is; empty unless it is running
    public static JobResponse of(JobRow row, Optional<JobLeaseRow> lease) {
        return new JobResponse(
                row.id(),
                row.operation(),
                row.status(),
                row.userTriggered(),
                row.vault(),
                row.instance(),
                row.recoveryPoint(),
                row.slot(),
                Target.of(row),
                Restored.of(row),
                row.queuedTime(),
                row.startTime(),
                row.endTime(),
                row.attempt(),
                row.notBefore(),
                Progress.of(row, lease),
                row.warnings().isEmpty() ? List.of() : List.of(row.warnings().split("\n", -1)),
                row.error().orElse(null));
    }
}
