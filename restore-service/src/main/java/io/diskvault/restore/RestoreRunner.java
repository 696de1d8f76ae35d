package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.DatastoreException;
import io.diskvault.job.JobFailure;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.KeepOrder;
import io.diskvault.job.JobOrder.OverwriteOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.JobRun;
import io.diskvault.job.JobRunner;
import io.diskvault.job.Operation;
import io.diskvault.snapshot.EngineErrors;
import jakarta.inject.Singleton;
import java.io.IOException;

/// Runs restore jobs, each kind in a way of its own.
@Singleton
class RestoreRunner implements JobRunner {
    private final NewDiskRestore newDisks;
    private final OverwritingRestore existingDisks;

    RestoreRunner(NewDiskRestore newDisks, OverwritingRestore existingDisks) {
        this.newDisks = newDisks;
        this.existingDisks = existingDisks;
    }

    @Override
    public Operation operation() {
        return Operation.RESTORE;
    }

    @Override
    public Result run(JobRun run) throws JobFailure {
        try {
            return switch (run.order()) {
                case RestoreOrder order -> newDisks.restore(run, order);
                case OverwriteOrder order -> existingDisks.restore(run, order);
                case BackupOrder _, KeepOrder _, RestoreTestOrder _ ->
                    throw new IllegalArgumentException("no restore: " + run.order());
            };
        } catch (CommandRejected refused) {
            throw RestoreRejection.asFailure(refused);
        } catch (DatastoreException | IOException failure) {
            throw EngineErrors.failure("The restore", failure);
        }
    }
}
