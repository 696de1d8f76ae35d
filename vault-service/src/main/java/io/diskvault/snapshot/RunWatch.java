package io.diskvault.snapshot;

import io.diskvault.engine.datastore.Watch;
import io.diskvault.job.JobRun;

/// Lets the engine report to the job that it works for.
public final class RunWatch implements Watch {
    private final JobRun run;

    public RunWatch(JobRun run) {
        this.run = run;
    }

    @Override
    public void progress(long doneBytes, long totalBytes) {
        run.report(doneBytes, totalBytes);
    }

    /// The server stops, and the next attempt goes on.
    @Override
    public boolean continued() {
        return !run.unwanted();
    }

    @Override
    public boolean cancelled() {
        return run.cancelled();
    }
}
