package io.diskvault.restore;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;
import io.diskvault.job.JobError;
import io.diskvault.snapshot.EngineErrors;

/// What the engine cannot do, under the code that a job would fail with.
record EngineObstacle(Reason reason) implements Rejection {
    /// @param what the work that failed
    static CommandRejected of(String what, Exception failure) {
        JobError error = EngineErrors.failure(what, failure).error();
        return new CommandRejected(
                new EngineObstacle(new Reason(error.code(), Kind.CONFLICT, error.recommendedAction())),
                error.message());
    }
}
