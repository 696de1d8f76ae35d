package io.diskvault.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happened to a job; stored for ever.
public sealed interface JobEvent {
    JobId job();

    Instant at();

    /// @param datastore what the job reads or writes
    /// @param retries how the job is repeated if it fails
    record JobQueued(JobId job, JobOrder order, Optional<String> datastore, Optional<JobRetries> retries, Instant at)
            implements JobEvent {}

    record JobStarted(JobId job, String worker, int attempt, Instant at) implements JobEvent {}

    record JobRequeued(JobId job, int attempt, RequeueReason reason, Instant at) implements JobEvent {}

    /// An attempt failed; the job is queued again and starts at `notBefore` or later.
    record JobRetryScheduled(JobId job, int attempt, JobError error, Instant notBefore, Instant at)
            implements JobEvent {}

    record JobCancellationRequested(JobId job, Instant at) implements JobEvent {}

    /// A restore has done its work; the job ends next.
    ///
    /// @param writtenBytes what its latest attempt wrote
    /// @param keptBytes what it found as it has to be
    /// @param damagedBytes what could not be restored
    /// @param warnings what the operator should know although it worked
    record RestoreMeasured(
            JobId job, long writtenBytes, long keptBytes, long damagedBytes, List<String> warnings, Instant at)
            implements JobEvent {
        public RestoreMeasured {
            warnings = List.copyOf(warnings);
        }
    }

    /// A way in which a job ends. It repeats what the job was for, so that others can react without asking.
    sealed interface JobEnded extends JobEvent {
        JobOrder order();
    }

    record JobCancelled(JobId job, JobOrder order, Instant at) implements JobEnded {}

    record JobCompleted(
            JobId job,
            JobOrder order,
            Optional<String> recoveryPoint,
            List<String> warnings,
            long totalBytes,
            Instant at)
            implements JobEnded {
        public JobCompleted {
            warnings = List.copyOf(warnings);
        }
    }

    record JobFailed(JobId job, JobOrder order, JobError error, Instant at) implements JobEnded {}
}
