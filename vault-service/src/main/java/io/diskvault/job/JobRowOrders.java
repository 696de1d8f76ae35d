package io.diskvault.job;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.diskvault.engine.source.DiskFormat;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.view.JobRow;
import java.util.Optional;

/// Reads back from a job's row what the job is to do.
final class JobRowOrders {
    private JobRowOrders() {}

    static JobOrder orderOf(JobRow row) {
        return switch (Operation.of(row.operation())) {
            case BACKUP -> backingUp(row);
            case RESTORE -> restoring(row);
            case RESTORE_TEST ->
                new RestoreTestOrder(
                        row.vault(),
                        row.instance(),
                        requireNonNull(row.recoveryPoint()),
                        requireNonNull(row.targetGroup()),
                        Optional.ofNullable(row.slot()));
        };
    }

    private static JobOrder backingUp(JobRow row) {
        Optional<String> tag = Optional.ofNullable(row.retentionTag());
        return row.export() == null
                ? new BackupOrder(row.vault(), row.instance(), Optional.ofNullable(row.slot()), tag)
                : new KeepOrder(row.vault(), row.instance(), row.export(), tag);
    }

    private static JobOrder restoring(JobRow row) {
        String point = requireNonNull(row.recoveryPoint());
        String group = requireNonNull(row.targetGroup());
        String disk = requireNonNull(row.targetDisk());
        return row.targetDiskId() == null
                ? new RestoreOrder(
                        row.vault(),
                        row.instance(),
                        point,
                        group,
                        disk,
                        requireNonNull(row.targetFile()),
                        row.continueOnDamage(),
                        requireNonNullElse(row.targetFormat(), DiskFormat.RAW.text()))
                : new OverwriteOrder(
                        row.vault(), row.instance(), point, group, disk, row.targetDiskId(), row.continueOnDamage());
    }
}
