package io.diskvault.testing;

import io.diskvault.job.JobFailure;
import io.diskvault.job.JobId;
import io.diskvault.job.JobRun;
import io.diskvault.job.JobRunner;
import io.diskvault.job.Operation;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Restore jobs that do what a test says, in servers with [#SETTING].
@Singleton
@Requires(property = ScriptedRestores.SETTING)
public final class ScriptedRestores implements JobRunner {
    /// Set to anything.
    public static final String SETTING = "testing.scripted-restores";

    /// Of all servers of this process: a script must be there when a server starts.
    private static final Map<JobId, Script> SCRIPTS = new ConcurrentHashMap<>();

    /// What a job does at each of its attempts.
    public interface Script {
        Result run(JobRun run) throws JobFailure;
    }

    /// Says what a job will do; without a word it completes.
    public static void script(JobId job, Script script) {
        SCRIPTS.put(job, script);
    }

    /// Runs until it is told to stop.
    public static Result untilStopped(JobRun run) {
        while (!run.cancelled()) {
            LockSupport.parkNanos(1_000_000);
        }
        throw new CancellationException();
    }

    public static Result done() {
        return new Result(Optional.of("point"), List.of());
    }

    @Override
    public Operation operation() {
        return Operation.RESTORE;
    }

    @Override
    public Result run(JobRun run) throws JobFailure {
        return SCRIPTS.getOrDefault(run.job(), attempt -> done()).run(run);
    }
}
