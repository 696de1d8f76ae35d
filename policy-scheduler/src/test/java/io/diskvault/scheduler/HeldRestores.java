package io.diskvault.scheduler;

import io.diskvault.job.JobRun;
import io.diskvault.job.JobRunner;
import io.diskvault.job.Operation;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/// Restores that end when they are told to: they keep a worker busy.
@Singleton
@Requires(property = HeldRestores.SETTING)
class HeldRestores implements JobRunner {
    static final String SETTING = "test.held-restores";

    private static volatile boolean held;

    static boolean isHeld() {
        return held;
    }

    static void letGo() {
        held = false;
    }

    @Override
    public Operation operation() {
        return Operation.RESTORE;
    }

    @Override
    public Result run(JobRun run) {
        held = true;
        while (held) {
            if (run.cancelled()) {
                throw new CancellationException();
            }
            LockSupport.parkNanos(1_000_000);
        }
        return new Result(Optional.empty(), List.of());
    }
}
