package io.diskvault.job;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Rejection;

/// Why a job refuses.
public enum JobRejection implements Rejection {
    JOB_NOT_FOUND(
            "UserErrorJobNotFound", Kind.NOT_FOUND, "List the jobs with GET /backup-jobs and use an id from there."),
    JOB_ALREADY_FINISHED(
            "UserErrorJobAlreadyFinished", Kind.CONFLICT, "Nothing is left to do; start a new job if needed."),
    JOB_NOT_QUEUED("UserErrorJobNotQueued", Kind.CONFLICT, "Leave the job to the worker that has it."),
    CANCELLATION_NOT_REQUESTED("UserErrorJobCancellationNotRequested", Kind.CONFLICT, "Cancel the job first."),
    ATTEMPT_SUPERSEDED("UserErrorJobAttemptSuperseded", Kind.CONFLICT, "Stop: a later attempt has the job.");

    private final Reason reason;

    JobRejection(String code, Kind kind, String recommendedAction) {
        this.reason = new Reason(code, kind, recommendedAction);
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /// For a job that is not there.
    public static CommandRejected notFound(String job) {
        return new CommandRejected(JOB_NOT_FOUND, "There is no job '%s'.".formatted(job));
    }
}
