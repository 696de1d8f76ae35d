package io.diskvault.export;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to an export.
public sealed interface ExportCommand {
    ExportId export();

    /// Exports a recovery point, which the instance keeps from then on; both in one transaction.
    ///
    /// @param terms as the event has them
    record CreateExport(ExportId export, Terms terms, Instant at) implements ExportCommand {}

    /// The export's own part of [CreateExport].
    record OpenExport(@TargetAggregateIdentifier ExportId export, Terms terms, Instant at) implements ExportCommand {}

    /// Ends an export, and lets its instance know that nothing keeps the point any more.
    record EndExport(ExportId export, ExportEnd reason, String endedBy, Instant at) implements ExportCommand {}

    /// The export's own part of [EndExport]. Answers what it was of; nothing if it had ended before.
    record CloseExport(@TargetAggregateIdentifier ExportId export, ExportEnd reason, String endedBy, Instant at)
            implements ExportCommand {}

    /// Makes what was written to an export a recovery point: queues a job, and lets nobody connect until its end.
    record KeepExport(ExportId export, InstanceId instance, JobId job, Optional<String> retentionTag, Instant at)
            implements ExportCommand {}

    /// The export's own part of [KeepExport].
    record StartKeeping(@TargetAggregateIdentifier ExportId export, JobId job, Instant at) implements ExportCommand {}

    /// The job has failed or was cancelled.
    record StopKeeping(@TargetAggregateIdentifier ExportId export, JobId job, Instant at) implements ExportCommand {}

    /// What is exported, and how.
    record Terms(
            InstanceId instance,
            String recoveryPoint,
            boolean writable,
            String name,
            Optional<String> hash,
            Duration idleTime,
            String createdBy) {}

    /// What an export is of.
    record Exported(InstanceId instance, String recoveryPoint) {}
}
