package io.diskvault.job;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.job.JobCommand.CancelJob;
import io.diskvault.job.JobCommand.CompleteJob;
import io.diskvault.job.JobCommand.ConfirmCancellation;
import io.diskvault.job.JobCommand.FailJob;
import io.diskvault.job.JobCommand.MeasureRestore;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobCommand.RequeueJob;
import io.diskvault.job.JobCommand.StartJob;
import io.diskvault.job.JobEvent.JobCancellationRequested;
import io.diskvault.job.JobEvent.JobCancelled;
import io.diskvault.job.JobEvent.JobCompleted;
import io.diskvault.job.JobEvent.JobFailed;
import io.diskvault.job.JobEvent.JobQueued;
import io.diskvault.job.JobEvent.JobRequeued;
import io.diskvault.job.JobEvent.JobRetryScheduled;
import io.diskvault.job.JobEvent.JobStarted;
import io.diskvault.job.JobEvent.RestoreMeasured;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A job ends exactly once, by the word of its latest attempt.
@AggregateRoot(type = "Job")
final class Job {
    /// A job that takes its server down with it must not do so for ever.
    private static final int LOST_WORKERS_MAX = 5;

    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable JobId id;

    /// Null only before the job is queued.
    @JsonProperty
    private @Nullable JobOrder order;

    @JsonProperty
    private @Nullable JobRetries retries;

    @JsonProperty
    private int retriesUsed;

    @JsonProperty
    private JobStatus status = JobStatus.QUEUED;

    @JsonProperty
    private int attempt;

    @JsonProperty
    private int lostWorkers;

    @JsonProperty
    private List<String> restoreWarnings = List.of();

    Job() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(QueueJob command) {
        if (order == null) {
            apply(new JobQueued(command.job(), command.order(), command.datastore(), command.retries(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StartJob command) {
        orderOf(command.job());
        if (status != JobStatus.QUEUED) {
            throw new CommandRejected(
                    JobRejection.JOB_NOT_QUEUED,
                    "The job '%s' is %s.".formatted(command.job().text(), status.text()));
        }
        apply(new JobStarted(command.job(), command.worker(), attempt + 1, command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RequeueJob command) {
        JobOrder ordered = orderOf(command.job());
        if (command.attempt() < attempt || status == JobStatus.QUEUED || status.isFinal()) {
            return; // somebody else saw the same loss first, or the worker lived and finished
        }
        if (status == JobStatus.CANCELLING) {
            apply(new JobCancelled(command.job(), ordered, command.at()));
        } else if (command.reason() == RequeueReason.WORKER_LOST && lostWorkers + 1 >= LOST_WORKERS_MAX) {
            apply(new JobFailed(command.job(), ordered, workersLost(), command.at()));
        } else {
            apply(new JobRequeued(command.job(), command.attempt(), command.reason(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CancelJob command) {
        JobOrder ordered = orderOf(command.job());
        switch (status) {
            case QUEUED -> apply(new JobCancelled(command.job(), ordered, command.at()));
            case IN_PROGRESS -> apply(new JobCancellationRequested(command.job(), command.at()));
            case CANCELLING, CANCELLED -> {}
            case COMPLETED, COMPLETED_WITH_WARNINGS, FAILED -> throw alreadyFinished(command.job());
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ConfirmCancellation command) {
        if (isHeldBy(command.attempt(), command.job())) {
            if (status != JobStatus.CANCELLING) {
                throw new CommandRejected(
                        JobRejection.CANCELLATION_NOT_REQUESTED,
                        "Nobody asked to cancel the job '%s'."
                                .formatted(command.job().text()));
            }
            apply(new JobCancelled(command.job(), orderOf(command.job()), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CompleteJob command) {
        if (isHeldBy(command.attempt(), command.job())) {
            apply(new JobCompleted(
                    command.job(),
                    orderOf(command.job()),
                    command.recoveryPoint(),
                    warningsOf(command),
                    command.totalBytes(),
                    command.at()));
        }
    }

    private List<String> warningsOf(CompleteJob command) {
        return Stream.concat(restoreWarnings.stream(), command.warnings().stream())
                .toList();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(MeasureRestore command) {
        if (isHeldBy(command.attempt(), command.job())) {
            apply(new RestoreMeasured(
                    command.job(),
                    command.writtenBytes(),
                    command.keptBytes(),
                    command.damagedBytes(),
                    command.warnings(),
                    command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(FailJob command) {
        if (isHeldBy(command.attempt(), command.job())) {
            Optional<Instant> again = retryOf(command);
            if (again.isPresent()) {
                apply(new JobRetryScheduled(
                        command.job(), command.attempt(), command.error(), again.get(), command.at()));
            } else {
                apply(new JobFailed(command.job(), orderOf(command.job()), command.error(), command.at()));
            }
        }
    }

    /// Who wanted the job to be cancelled does not want it to start again.
    private Optional<Instant> retryOf(FailJob command) {
        return command.error().retryable() && status == JobStatus.IN_PROGRESS
                ? Optional.ofNullable(retries).flatMap(planned -> planned.next(retriesUsed, command.at()))
                : Optional.empty();
    }

    /// Whether the word of this attempt counts; false if it only repeats how the job has ended.
    private boolean isHeldBy(int claimed, JobId job) {
        orderOf(job);
        boolean running = status == JobStatus.IN_PROGRESS || status == JobStatus.CANCELLING;
        if (claimed != attempt || status == JobStatus.QUEUED) {
            throw new CommandRejected(
                    JobRejection.ATTEMPT_SUPERSEDED,
                    "Attempt %d of the job '%s' is over; attempt %d counts.".formatted(claimed, job.text(), attempt));
        }
        return running;
    }

    private JobOrder orderOf(JobId job) {
        if (order == null) {
            throw JobRejection.notFound(job.text());
        }
        return order;
    }

    private CommandRejected alreadyFinished(JobId job) {
        return new CommandRejected(
                JobRejection.JOB_ALREADY_FINISHED,
                "The job '%s' has ended already: %s.".formatted(job.text(), status.text()));
    }

    private static JobError workersLost() {
        return new JobError(
                "JobWorkersLost",
                "%d workers in a row died or vanished while they ran this job.".formatted(LOST_WORKERS_MAX),
                "Look into the logs of the servers for what ended them, then start the job again.",
                true);
    }

    @EventSourcingHandler
    void on(JobQueued event) {
        id = event.job();
        order = event.order();
        retries = event.retries().orElse(null);
        status = JobStatus.QUEUED;
    }

    @EventSourcingHandler
    void on(JobStarted event) {
        attempt = event.attempt();
        status = JobStatus.IN_PROGRESS;
    }

    @EventSourcingHandler
    void on(JobRequeued event) {
        status = JobStatus.QUEUED;
        if (event.reason() == RequeueReason.WORKER_LOST) {
            lostWorkers++;
        }
    }

    @EventSourcingHandler
    void on(JobRetryScheduled event) {
        status = JobStatus.QUEUED;
        retriesUsed++;
    }

    @EventSourcingHandler
    void on(JobCancellationRequested event) {
        status = JobStatus.CANCELLING;
    }

    @EventSourcingHandler
    void on(JobCancelled event) {
        status = JobStatus.CANCELLED;
    }

    @EventSourcingHandler
    void on(JobCompleted event) {
        status = event.warnings().isEmpty() ? JobStatus.COMPLETED : JobStatus.COMPLETED_WITH_WARNINGS;
    }

    @EventSourcingHandler
    void on(RestoreMeasured event) {
        restoreWarnings = event.warnings();
    }

    @EventSourcingHandler
    void on(JobFailed event) {
        status = JobStatus.FAILED;
    }
}
