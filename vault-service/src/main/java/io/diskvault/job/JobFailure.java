package io.diskvault.job;

/// Thrown by a [JobRunner]: the job cannot be done, and this is why.
public final class JobFailure extends Exception {
    private final transient JobError error;

    public JobFailure(JobError error) {
        super(error.message());
        this.error = error;
    }

    public JobError error() {
        return error;
    }
}
