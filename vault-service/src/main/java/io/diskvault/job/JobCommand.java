package io.diskvault.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a job. Those that carry an attempt come from the worker of that attempt and are refused once a later one
/// exists.
public sealed interface JobCommand {
    JobId job();

    /// @param datastore what the job reads or writes; only so many jobs run on one datastore at once
    /// @param retries how the job is repeated if it fails; empty if it is not
    record QueueJob(
            @TargetAggregateIdentifier JobId job,
            JobOrder order,
            Optional<String> datastore,
            Optional<JobRetries> retries,
            Instant at)
            implements JobCommand {}

    /// @param worker the process that claims the job
    record StartJob(@TargetAggregateIdentifier JobId job, String worker, Instant at) implements JobCommand {}

    record RequeueJob(@TargetAggregateIdentifier JobId job, int attempt, RequeueReason reason, Instant at)
            implements JobCommand {}

    record CancelJob(@TargetAggregateIdentifier JobId job, Instant at) implements JobCommand {}

    /// The worker has stopped because it was told to.
    record ConfirmCancellation(@TargetAggregateIdentifier JobId job, int attempt, Instant at) implements JobCommand {}

    /// @param recoveryPoint what a backup made, or what a restore restored
    /// @param totalBytes what there was to read or write
    record CompleteJob(
            @TargetAggregateIdentifier JobId job,
            int attempt,
            Optional<String> recoveryPoint,
            List<String> warnings,
            long totalBytes,
            Instant at)
            implements JobCommand {}

    /// What a restore did, told by its worker before anybody sees what it made: whichever attempt completes the job
    /// then tells its warnings, too.
    record MeasureRestore(
            @TargetAggregateIdentifier JobId job,
            int attempt,
            long writtenBytes,
            long keptBytes,
            long damagedBytes,
            List<String> warnings,
            Instant at)
            implements JobCommand {}

    record FailJob(@TargetAggregateIdentifier JobId job, int attempt, JobError error, Instant at)
            implements JobCommand {}
}
