package io.diskvault.job;

import static org.axonframework.test.matchers.Matchers.andNoMore;
import static org.axonframework.test.matchers.Matchers.exactSequenceOf;
import static org.axonframework.test.matchers.Matchers.payloadsMatching;
import static org.hamcrest.Matchers.instanceOf;

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
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.testing.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class JobTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final JobId JOB = JobId.forOccasion("test");
    private static final JobOrder ORDER = new BackupOrder("prod", "web-1", Optional.of(NOON), Optional.empty());
    private static final JobError ERROR = new JobError("Code", "message", "action", true);
    private static final JobQueued QUEUED = new JobQueued(JOB, ORDER, Optional.empty(), Optional.empty(), NOON);
    private static final JobStarted STARTED = new JobStarted(JOB, "worker", 1, NOON);
    private static final JobRequeued LOST = new JobRequeued(JOB, 1, RequeueReason.WORKER_LOST, NOON);
    private static final JobCompleted COMPLETED =
            new JobCompleted(JOB, ORDER, Optional.of("point"), List.of(), 0, NOON);

    private final FixtureConfiguration<Job> job = new AggregateTestFixture<>(Job.class);

    @Test
    void isQueuedOnceHoweverOftenItIsAskedFor() {
        job.givenNoPriorActivity()
                .when(new QueueJob(JOB, ORDER, Optional.empty(), Optional.empty(), NOON))
                .expectEvents(QUEUED);
        job.given(QUEUED, STARTED, COMPLETED)
                .when(new QueueJob(JOB, ORDER, Optional.empty(), Optional.empty(), NOON.plusSeconds(1)))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void isClaimedByOneWorker() {
        job.given(QUEUED).when(new StartJob(JOB, "worker", NOON)).expectEvents(STARTED);
        job.given(QUEUED, STARTED)
                .when(new StartJob(JOB, "other", NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void isTriedAgainWithAHigherAttemptWhenItsWorkerIsLost() {
        job.given(QUEUED, STARTED)
                .when(new RequeueJob(JOB, 1, RequeueReason.WORKER_LOST, NOON))
                .expectEvents(LOST);
        job.given(QUEUED, STARTED, LOST)
                .when(new StartJob(JOB, "other", NOON))
                .expectEvents(new JobStarted(JOB, "other", 2, NOON));
    }

    @Test
    void tellsWhatARestoreFoundWhicheverAttemptEndsIt() {
        RestoreMeasured measured = new RestoreMeasured(JOB, 1, 2, 3, List.of("damaged"), NOON);
        job.given(QUEUED, STARTED)
                .when(new MeasureRestore(JOB, 1, 1, 2, 3, List.of("damaged"), NOON))
                .expectEvents(measured);
        job.given(QUEUED, STARTED, measured, LOST)
                .when(new MeasureRestore(JOB, 1, 1, 2, 3, List.of(), NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        job.given(QUEUED, STARTED, measured, LOST, new JobStarted(JOB, "other", 2, NOON))
                .when(new CompleteJob(JOB, 2, Optional.of("point"), List.of("own"), 0, NOON))
                .expectEvents(new JobCompleted(JOB, ORDER, Optional.of("point"), List.of("damaged", "own"), 0, NOON));
    }

    @Test
    void refusesTheWordOfAnOlderAttempt() {
        JobStarted second = new JobStarted(JOB, "other", 2, NOON);
        job.given(QUEUED, STARTED, LOST, second)
                .when(new CompleteJob(JOB, 1, Optional.of("point"), List.of(), 0, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        job.given(QUEUED, STARTED, LOST)
                .when(new FailJob(JOB, 1, ERROR, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        job.given(QUEUED, STARTED, LOST, second)
                .when(new RequeueJob(JOB, 1, RequeueReason.WORKER_LOST, NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void completesOnce() {
        CompleteJob complete = new CompleteJob(JOB, 1, Optional.of("point"), List.of(), 0, NOON);
        job.given(QUEUED, STARTED).when(complete).expectEvents(COMPLETED);
        job.given(QUEUED, STARTED, COMPLETED).when(complete).expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void failsWithItsError() {
        job.given(QUEUED, STARTED)
                .when(new FailJob(JOB, 1, ERROR, NOON))
                .expectEvents(new JobFailed(JOB, ORDER, ERROR, NOON));
    }

    @Test
    void isCancelledAtOnceWhileQueuedAndByItsWorkerWhileRunning() {
        JobCancelled cancelled = new JobCancelled(JOB, ORDER, NOON);
        JobCancellationRequested requested = new JobCancellationRequested(JOB, NOON);
        job.given(QUEUED).when(new CancelJob(JOB, NOON)).expectEvents(cancelled);
        job.given(QUEUED, STARTED).when(new CancelJob(JOB, NOON)).expectEvents(requested);
        job.given(QUEUED, STARTED, requested)
                .when(new ConfirmCancellation(JOB, 1, NOON))
                .expectEvents(cancelled);
        job.given(QUEUED, STARTED, requested)
                .when(new RequeueJob(JOB, 1, RequeueReason.WORKER_LOST, NOON))
                .expectEvents(cancelled);
    }

    @Test
    void aWorkerThatStopsByItselfCancelsNothing() {
        job.given(QUEUED, STARTED)
                .when(new ConfirmCancellation(JOB, 1, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void decidesTheSameFromItsSnapshot() {
        Job state = new Job();
        state.on(QUEUED);
        for (int attempt = 1; attempt <= 4; attempt++) {
            state.on(new JobStarted(JOB, "worker", attempt, NOON));
            state.on(new JobRequeued(JOB, attempt, RequeueReason.WORKER_LOST, NOON));
        }
        state.on(new JobStarted(JOB, "worker", 5, NOON));
        Job restored = new Snapshots(new JobModule()).restored("job.snapshot", state);
        new AggregateTestFixture<>(Job.class)
                .givenState(() -> restored)
                .when(new CompleteJob(JOB, 4, Optional.empty(), List.of(), 0, NOON))
                .expectException(CommandRejected.class);
        new AggregateTestFixture<>(Job.class)
                .givenState(() -> restored)
                .when(new QueueJob(JOB, ORDER, Optional.empty(), Optional.empty(), NOON))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        new AggregateTestFixture<>(Job.class)
                .givenState(() -> restored)
                .when(new FailJob(JOB, 5, ERROR, NOON))
                .expectEvents(new JobFailed(JOB, ORDER, ERROR, NOON));
        Job lostAgain = new Snapshots(new JobModule()).restored("job.snapshot", state);
        new AggregateTestFixture<>(Job.class)
                .givenState(() -> lostAgain)
                .when(new RequeueJob(JOB, 5, RequeueReason.WORKER_LOST, NOON))
                .expectEventsMatching(payloadsMatching(exactSequenceOf(instanceOf(JobFailed.class), andNoMore())));
    }

    @Test
    void completesWhenTheCancellationCameTooLate() {
        job.given(QUEUED, STARTED, new JobCancellationRequested(JOB, NOON))
                .when(new CompleteJob(JOB, 1, Optional.of("point"), List.of(), 0, NOON))
                .expectEvents(COMPLETED);
    }

    @Test
    void refusesToCancelAFinishedJob() {
        job.given(QUEUED, STARTED, COMPLETED)
                .when(new CancelJob(JOB, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void failsWhenItKeepsTakingItsWorkersDown() {
        List<Object> history = new ArrayList<>(List.of(QUEUED));
        for (int attempt = 1; attempt <= 4; attempt++) {
            history.add(new JobStarted(JOB, "worker", attempt, NOON));
            history.add(new JobRequeued(JOB, attempt, RequeueReason.WORKER_LOST, NOON));
        }
        history.add(new JobStarted(JOB, "worker", 5, NOON));
        JobError lost = new JobError(
                "JobWorkersLost",
                "5 workers in a row died or vanished while they ran this job.",
                "Look into the logs of the servers for what ended them, then start the job again.",
                true);
        job.given(history)
                .when(new RequeueJob(JOB, 5, RequeueReason.WORKER_LOST, NOON))
                .expectEvents(new JobFailed(JOB, ORDER, lost, NOON));
    }

    @Test
    void doesNotCountOrderlyStopsAgainstTheJob() {
        List<Object> history = new ArrayList<>(List.of(QUEUED));
        for (int attempt = 1; attempt <= 9; attempt++) {
            history.add(new JobStarted(JOB, "worker", attempt, NOON));
            history.add(new JobRequeued(JOB, attempt, RequeueReason.SERVER_STOPPED, NOON));
        }
        job.given(history)
                .when(new StartJob(JOB, "worker", NOON))
                .expectEvents(new JobStarted(JOB, "worker", 10, NOON));
    }

    @Test
    void refusesWhatNobodyQueued() {
        job.givenNoPriorActivity()
                .when(new StartJob(JOB, "worker", NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
    }

    @Test
    void whatCanBeRepeatedIsStartedAgainWithAHigherAttempt() {
        JobQueued queued = queuedWithRetries(NOON.plusSeconds(3600));
        JobRetryScheduled first = new JobRetryScheduled(JOB, 1, ERROR, NOON.plusSeconds(60), NOON);
        job.given(queued, STARTED).when(new FailJob(JOB, 1, ERROR, NOON)).expectEvents(first);
        job.given(queued, STARTED, first)
                .when(new StartJob(JOB, "other", NOON))
                .expectEvents(new JobStarted(JOB, "other", 2, NOON));
        job.given(queued, STARTED, first)
                .when(new FailJob(JOB, 1, ERROR, NOON))
                .expectNoEvents()
                .expectException(CommandRejected.class);
        JobStarted second = new JobStarted(JOB, "other", 2, NOON);
        job.given(queued, STARTED, first, second)
                .when(new FailJob(JOB, 2, ERROR, NOON))
                .expectEvents(new JobRetryScheduled(JOB, 2, ERROR, NOON.plusSeconds(300), NOON));
    }

    @Test
    void failsWhenItsRetriesAreUsedUp() {
        job.given(
                        queuedWithRetries(NOON.plusSeconds(3600)),
                        STARTED,
                        new JobRetryScheduled(JOB, 1, ERROR, NOON, NOON),
                        new JobStarted(JOB, "worker", 2, NOON),
                        new JobRetryScheduled(JOB, 2, ERROR, NOON, NOON),
                        new JobStarted(JOB, "worker", 3, NOON))
                .when(new FailJob(JOB, 3, ERROR, NOON))
                .expectEvents(new JobFailed(JOB, ORDER, ERROR, NOON));
    }

    /// An attempt that was lost with its server is not one that failed.
    @Test
    void aLostWorkerCostsNoRetry() {
        job.given(queuedWithRetries(NOON.plusSeconds(3600)), STARTED, LOST, new JobStarted(JOB, "worker", 2, NOON))
                .when(new FailJob(JOB, 2, ERROR, NOON))
                .expectEvents(new JobRetryScheduled(JOB, 2, ERROR, NOON.plusSeconds(60), NOON));
    }

    @Test
    void isNotRepeatedInVainOrTooLateOrAgainstAnybodysWill() {
        JobError permanent = new JobError("Code", "message", "action", false);
        job.given(queuedWithRetries(NOON.plusSeconds(60)), STARTED)
                .when(new FailJob(JOB, 1, permanent, NOON))
                .expectEvents(new JobFailed(JOB, ORDER, permanent, NOON));
        job.given(queuedWithRetries(NOON.plusSeconds(59)), STARTED)
                .when(new FailJob(JOB, 1, ERROR, NOON))
                .expectEvents(new JobFailed(JOB, ORDER, ERROR, NOON));
        job.given(queuedWithRetries(NOON.plusSeconds(60)), STARTED, new JobCancellationRequested(JOB, NOON))
                .when(new FailJob(JOB, 1, ERROR, NOON))
                .expectEvents(new JobFailed(JOB, ORDER, ERROR, NOON));
        job.given(QUEUED, STARTED)
                .when(new FailJob(JOB, 1, ERROR, NOON))
                .expectEvents(new JobFailed(JOB, ORDER, ERROR, NOON));
    }

    /// After a minute, then after five.
    private static JobQueued queuedWithRetries(Instant until) {
        JobRetries retries = new JobRetries(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)), until);
        return new JobQueued(JOB, ORDER, Optional.of("/backup"), Optional.of(retries), NOON);
    }
}
