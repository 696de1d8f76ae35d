package io.diskvault.job;

import static java.util.Objects.requireNonNull;

import io.diskvault.access.Callers;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.job.JobCommand.CompleteJob;
import io.diskvault.job.JobCommand.ConfirmCancellation;
import io.diskvault.job.JobCommand.FailJob;
import io.diskvault.job.JobCommand.RequeueJob;
import io.diskvault.job.JobCommand.StartJob;
import io.diskvault.job.JobRun.Progress;
import io.diskvault.job.view.JobLeases;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import io.diskvault.platform.DatabaseSettings;
import io.diskvault.web.Views;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's workers: they claim queued jobs, run them under a lease and report how they ended.
///
/// Every half second each running job's lease is renewed together with its progress. A lease that is not renewed
/// lapses, and any node queues the job again. All that decides is in the [Job] itself; this class may be late, run
/// twice or die at any point.
@Singleton
public class JobWorkers implements ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);
    private static final long BEAT_MILLIS = 500;

    /// As whom the workers are written down in events.
    private static final String CALLER = "worker";

    private final String worker = UUID.randomUUID().toString();
    private final Commands commands;
    private final JobRows rows;
    private final JobLeases leases;
    private final Views views;
    private final DatabaseSettings database;
    private final JobSettings settings;
    private final Clock clock;
    private final JobSpans spans;
    private final Map<Operation, JobRunner> runners;
    private final Map<String, JobRun> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("job-beat").factory());
    private final ExecutorService pool;
    private volatile boolean stopping;

    JobWorkers(
            Commands commands,
            JobRows rows,
            JobLeases leases,
            Views views,
            DatabaseSettings database,
            JobSettings settings,
            Clock clock,
            JobSpans spans,
            List<JobRunner> runners) {
        this.commands = commands;
        this.rows = rows;
        this.leases = leases;
        this.views = views;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.spans = spans;
        this.runners = runners.stream().collect(Collectors.toMap(JobRunner::operation, Function.identity()));
        this.pool = Executors.newFixedThreadPool(
                settings.workers(), Thread.ofPlatform().name("job-worker-", 1).factory());
    }

    /// Starts to work once the server serves: a job that kills its server must not keep it from being looked at.
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent started) {
        if (database.embedded()) {
            // Nobody else can be alive: what a former process held is free at once.
            leases.deleteAll();
        }
        beat.scheduleWithFixedDelay(this::beatAsWorker, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Looks for work at once instead of at the next beat.
    public void wake() {
        if (!stopping) {
            try {
                beat.execute(this::beatAsWorker);
            } catch (RejectedExecutionException _) {
                // The server has begun to stop just now.
            }
        }
    }

    private void beatAsWorker() {
        Callers.as(CALLER, this::beat);
    }

    private void beat() {
        try {
            renewLeases();
            stopCancelled();
            requeueLost();
            claimQueued();
        } catch (RuntimeException failure) {
            // The next beat tries again; a database that is away for a moment must not end the work for good.
            LOG.warn("the workers' beat failed", failure);
        }
    }

    private void renewLeases() {
        running.forEach((id, run) -> {
            Progress progress = run.progress();
            int renewed = leases.renew(id, worker, clock.instant(), progress.doneBytes(), progress.totalBytes());
            if (renewed == 0 && running.containsKey(id)) {
                LOG.warn("job {}: the lease was lost, attempt {} stops", id, run.attempt());
                run.lose();
            }
        });
    }

    private void stopCancelled() {
        if (!running.isEmpty()) {
            rows.findByIdIn(List.copyOf(running.keySet())).stream()
                    .filter(row -> row.status().equals(JobStatus.CANCELLING.text()))
                    .forEach(row -> cancel(row.id()));
        }
    }

    private void cancel(String id) {
        JobRun run = running.get(id);
        if (run != null) {
            run.cancel();
        }
    }

    private void requeueLost() {
        Instant now = clock.instant();
        for (JobRow row : rows.claimed()) {
            if (running.containsKey(row.id())) {
                continue; // a clock that jumps ahead must not make this node give up on itself
            }
            deleteLapsed(row.id(), now);
            if (!leases.existsById(row.id())) {
                LOG.info("job {}: its worker is gone, the job is queued again", row.id());
                commands.send(new RequeueJob(idOf(row), row.attempt(), RequeueReason.WORKER_LOST, clock.instant()));
            }
        }
    }

    private void claimQueued() {
        int free = settings.workers() - running.size();
        if (stopping || free <= 0 || runners.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        // Only what a runner here can do: another node may have the runner that this one has not.
        List<String> operations = runners.keySet().stream()
                .filter(this::hasRoom)
                .map(Operation::text)
                .toList();
        if (operations.isEmpty()) {
            return;
        }
        for (JobRow row : rows.claimable(
                operations,
                now,
                now.plus(JobRetries.WAIT_MAX),
                lapsed(now),
                ahead(now),
                settings.perDatastore(),
                free)) {
            if (!stopping && !running.containsKey(row.id()) && hasRoom(Operation.of(row.operation()))) {
                claim(row);
            }
        }
    }

    private boolean hasRoom(Operation operation) {
        long alike = running.values().stream()
                .filter(run -> run.order().operation() == operation)
                .count();
        return alike < requireNonNull(runners.get(operation)).mostAtOnce();
    }

    private void claim(JobRow row) {
        JobRun run = new JobRun(idOf(row), JobRowOrders.orderOf(row), row.attempt() + 1);
        // The lease comes first: a claimed job without one counts as lost. Another node may be a moment ahead.
        deleteLapsed(row.id(), clock.instant());
        if (leases.take(row.id(), worker, clock.instant(), row.datastore()) == 0) {
            return;
        }
        if (isCrowded(row)) {
            leases.release(row.id(), worker);
            return;
        }
        try {
            commands.send(new StartJob(run.job(), worker, clock.instant()));
        } catch (CommandRejected taken) {
            leases.release(row.id(), worker);
            return;
        }
        running.put(row.id(), run);
        pool.execute(() -> Callers.as(CALLER, row.id(), () -> LogContext.during(run, () -> work(run))));
    }

    /// Asked after the lease was taken, so that of several nodes that come at once the last one sees all leases: at
    /// most too few start, until the next beat.
    private boolean isCrowded(JobRow row) {
        Instant now = clock.instant();
        return row.datastore() != null
                && leases.countLiving(row.datastore(), lapsed(now), ahead(now)) > settings.perDatastore();
    }

    private void deleteLapsed(String job, Instant now) {
        leases.deleteLapsed(job, lapsed(now), ahead(now));
    }

    /// Who last renewed a lease then, or before, is dead.
    private Instant lapsed(Instant now) {
        return now.minus(settings.lease());
    }

    /// Who renewed a lease then, or later, had a clock that was ahead, and nobody would see it lapse.
    private Instant ahead(Instant now) {
        return now.plus(settings.lease());
    }

    private void work(JobRun run) {
        String id = run.job().text();
        try {
            LOG.info(
                    "job {}: {} started, attempt {}",
                    id,
                    run.order().operation().text(),
                    run.attempt());
            spans.during(run, () -> endOf(run)).ifPresent(commands::send);
        } catch (CommandRejected superseded) {
            LOG.warn("job {}: attempt {} is refused: {}", id, run.attempt(), superseded.getMessage());
        } catch (RuntimeException failure) {
            // The next attempt finds what this one did, and reports it.
            LOG.warn("job {}: its end could not be stored, the job is queued again", id, failure);
        } finally {
            release(id);
        }
    }

    /// Runs the job and says what is to be reported; nothing if the lease was lost.
    private Optional<JobCommand> endOf(JobRun run) {
        String id = run.job().text();
        try {
            JobRunner.Result result =
                    requireNonNull(runners.get(run.order().operation())).run(run);
            LOG.info("job {}: completed", id);
            return Optional.of(new CompleteJob(
                    run.job(),
                    run.attempt(),
                    result.recoveryPoint(),
                    result.warnings(),
                    run.progress().totalBytes(),
                    clock.instant()));
        } catch (JobFailure failure) {
            return Optional.of(failed(run, failure.error()));
        } catch (CommandRejected refused) {
            return Optional.of(failed(run, errorOf(refused)));
        } catch (CancellationException stopped) {
            LOG.info("job {}: stopped", id);
            return stopped(run, stopped);
        } catch (RuntimeException | Error bug) {
            LOG.error("job {}: failed unexpectedly", id, bug);
            return Optional.of(failed(run, unexpected(bug)));
        }
    }

    private Optional<JobCommand> stopped(JobRun run, CancellationException cause) {
        if (run.lost()) {
            return Optional.empty();
        }
        if (stopping) {
            return Optional.of(new RequeueJob(run.job(), run.attempt(), RequeueReason.SERVER_STOPPED, clock.instant()));
        }
        return Optional.of(
                run.cancelled()
                        ? new ConfirmCancellation(run.job(), run.attempt(), clock.instant())
                        : failed(run, unexpected(cause)));
    }

    private FailJob failed(JobRun run, JobError error) {
        LOG.warn("job {}: failed with {}: {}", run.job().text(), error.code(), error.message());
        return new FailJob(run.job(), run.attempt(), error, clock.instant());
    }

    /// A database that is away now must not cost this node a worker; the lease then lapses by itself.
    private void release(String id) {
        try {
            // Until the projections know the end too, the job would look like one whose worker is gone.
            views.catchUp();
            running.remove(id);
            leases.release(id, worker);
        } catch (RuntimeException failure) {
            LOG.warn("job {}: its lease could not be released", id, failure);
        } finally {
            running.remove(id);
            wake();
        }
    }

    private static JobError errorOf(CommandRejected refused) {
        return new JobError(
                refused.rejection().code(),
                String.valueOf(refused.getMessage()),
                refused.rejection().recommendedAction(),
                false);
    }

    private static JobError unexpected(Throwable bug) {
        return new JobError(
                "InternalError",
                "The job failed in a way that was not foreseen: %s.".formatted(bug),
                "Look into the server's log; please report it with what stands there.",
                true);
    }

    private static JobId idOf(JobRow row) {
        return new JobId(UUID.fromString(row.id()));
    }

    /// Running jobs give up and are queued again, so that the next start goes on with them at once.
    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        beat.shutdown();
        beat.awaitTermination(settings.stopWithin().toMillis(), TimeUnit.MILLISECONDS);
        running.values().forEach(JobRun::stop);
        pool.shutdown();
        if (!pool.awaitTermination(settings.stopWithin().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("jobs still run; they go on at the next start when their leases have lapsed");
        }
    }
}
