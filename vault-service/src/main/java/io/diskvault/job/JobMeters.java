package io.diskvault.job;

import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobEnded;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobRequeued;
import io.diskvault.job.JobEvent.JobRetryScheduled;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobEvent.RestoreMeasured;
import io.diskvault.metrics.CommittedEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Counts the jobs that end, how long they took and what they moved.
@Context
final class JobMeters {
    /// A node has only as many running jobs as workers; those that another node took over are forgotten.
    private static final int STARTS_MAX = 1_000;

    private static final Duration[] LIMITS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(12)
    };

    private final MeterRegistry registry;
    private final Counter read;
    private final Counter restored;
    private final SequencedMap<JobId, Instant> starts = new LinkedHashMap<>();

    JobMeters(MeterRegistry registry, CommittedEvents events) {
        this.registry = registry;
        this.read = Counter.builder("diskvault.backup.read.bytes")
                .description("What completed backups went through of their disks.")
                .register(registry);
        this.restored = Counter.builder("diskvault.restore.written.bytes")
                .description("What restores wrote.")
                .register(registry);
        // Here before there are any: a rate of something that appears with its first failure does not show it.
        for (Operation operation : Operation.values()) {
            Arrays.stream(JobStatus.values()).filter(JobStatus::isFinal).forEach(status -> counted(operation, status));
        }
        events.each(this::on);
    }

    private void on(Object event) {
        switch (event) {
            case JobStarted started -> started(started);
            case JobRequeued again -> startOf(again.job());
            case JobRetryScheduled again -> startOf(again.job());
            case RestoreMeasured restore -> restored.increment((double) restore.writtenBytes());
            case JobEnded end -> ended(end);
            default -> {}
        }
    }

    private void started(JobStarted event) {
        synchronized (starts) {
            starts.put(event.job(), event.at());
            if (starts.size() > STARTS_MAX) {
                starts.pollFirstEntry();
            }
        }
    }

    /// When the attempt started that has ended now; empty if it started elsewhere, or never.
    private Optional<Instant> startOf(JobId job) {
        synchronized (starts) {
            return Optional.ofNullable(starts.remove(job));
        }
    }

    private void ended(JobEnded end) {
        Operation operation = end.order().operation();
        JobStatus status = statusOf(end);
        counted(operation, status).increment();
        startOf(end.job())
                .ifPresent(start -> Timer.builder("diskvault.job.duration")
                        .description("How long the attempt took with which a job ended.")
                        .serviceLevelObjectives(LIMITS)
                        .tags("operation", operation.text(), "status", status.text())
                        .register(registry)
                        .record(Duration.between(start, end.at())));
        if (end instanceof JobCompleted completed && operation == Operation.BACKUP) {
            read.increment((double) completed.totalBytes());
        }
    }

    private Counter counted(Operation operation, JobStatus status) {
        return Counter.builder("diskvault.jobs")
                .description("Jobs that have ended.")
                .tags("operation", operation.text(), "status", status.text())
                .register(registry);
    }

    private static JobStatus statusOf(JobEnded end) {
        return switch (end) {
            case JobCompleted completed ->
                completed.warnings().isEmpty() ? JobStatus.COMPLETED : JobStatus.COMPLETED_WITH_WARNINGS;
            case JobFailed _ -> JobStatus.FAILED;
            case JobCancelled _ -> JobStatus.CANCELLED;
        };
    }
}
