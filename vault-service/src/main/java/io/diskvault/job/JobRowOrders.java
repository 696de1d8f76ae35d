package io.diskvault.job;

import static java.util.Objects.requireNonNull;

import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
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
            case RESTORE ->
                new RestoreOrder(
                        row.vault(),
                        row.instance(),
                        requireNonNull(row.recoveryPoint()),
                        requireNonNull(row.targetGroup()),
                        requireNonNull(row.targetDisk()),
                        requireNonNull(row.targetFile()));
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
}
