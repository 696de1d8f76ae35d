package io.diskvault.job;

import java.util.List;
import java.util.Optional;

/// Does the work of one kind of job. Every feature with work of its own brings one.
///
/// A run may come again after a crash at any point of an earlier one, also after everything was done but reported;
/// it must then find what was done and report it.
public interface JobRunner {
    /// Which jobs it runs.
    Operation operation();

    /// How many of these jobs run at once on one node, of its workers. Work that can wait leaves room for other work.
    default int mostAtOnce() {
        return Integer.MAX_VALUE;
    }

    /// Runs the job to its end.
    ///
    /// @return what came of it
    /// @throws JobFailure if it cannot be done
    /// @throws java.util.concurrent.CancellationException if [JobRun#cancelled] became true on the way
    Result run(JobRun run) throws JobFailure;

    /// @param recoveryPoint what a backup made, or what a restore restored
    /// @param warnings what the operator should know although it worked
    record Result(Optional<String> recoveryPoint, List<String> warnings) {}
}
