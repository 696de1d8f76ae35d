package io.diskvault.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happened to a job; stored for ever.
public sealed interface JobEvent {
    JobId job();

    Instant at();

    record JobQueued(JobId job, JobOrder order, Instant at) implements JobEvent {}

    record JobStarted(JobId job, String worker, int attempt, Instant at) implements JobEvent {}

    record JobRequeued(JobId job, int attempt, RequeueReason reason, Instant at) implements JobEvent {}

    record JobCancellationRequested(JobId job, Instant at) implements JobEvent {}

    /// A way in which a job ends. It repeats what the job was for, so that others can react without asking.
    sealed interface JobEnded extends JobEvent {
        JobOrder order();
    }

    record JobCancelled(JobId job, JobOrder order, Instant at) implements JobEnded {}

    record JobCompleted(JobId job, JobOrder order, Optional<String> recoveryPoint, List<String> warnings, Instant at)
            implements JobEnded {
        public JobCompleted {
            warnings = List.copyOf(warnings);
        }
    }

    record JobFailed(JobId job, JobOrder order, JobError error, Instant at) implements JobEnded {}
}
