package io.diskvault.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.job.JobCommand;
import io.diskvault.job.JobCommand.CancelJob;
import io.diskvault.job.JobCommand.CompleteJob;
import io.diskvault.job.JobCommand.ConfirmCancellation;
import io.diskvault.job.JobCommand.FailJob;
import io.diskvault.job.JobCommand.RequeueJob;
import io.diskvault.job.JobCommand.StartJob;
import io.diskvault.job.JobError;
import io.diskvault.job.JobId;
import io.diskvault.job.JobRejection;
import io.diskvault.job.RequeueReason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Workers that take their time, fail, are lost, and come back when nobody believes in them any more.
final class SimulatedWorkers {
    private static final int WORKERS = 12;
    private static final Duration WAIT_MAX = Duration.ofHours(1);

    private final Commands commands;
    private final SimulatedTime time;
    private final SimulatedHistory history;
    private final Random random;
    private final Map<JobId, Integer> running = new LinkedHashMap<>();
    private boolean up = true;
    private int fenced;

    SimulatedWorkers(Commands commands, SimulatedTime time, SimulatedHistory history, Random random) {
        this.commands = commands;
        this.time = time;
        this.history = history;
        this.random = random;
    }

    boolean areBusy() {
        return !running.isEmpty() || history.hasQueuedJobs();
    }

    /// How often the word of an attempt that was over was refused.
    int fenced() {
        return fenced;
    }

    /// Claims what may start.
    void claim() {
        while (up && running.size() < WORKERS) {
            Optional<JobId> job = history.nextQueued(time.clock(), WAIT_MAX);
            if (job.isEmpty()) {
                return;
            }
            commands.send(new StartJob(job.get(), "worker", time.clock()));
            int attempt = history.attempt(job.get());
            running.put(job.get(), attempt);
            time.at(duration(), () -> end(job.get(), attempt));
        }
    }

    private Duration duration() {
        int luck = random.nextInt(100);
        int minutesMax = luck < 80 ? 30 : luck < 97 ? 5 * 60 : 40 * 60;
        return Duration.ofSeconds(random.nextLong(30, 60L * minutesMax));
    }

    private void end(JobId job, int attempt) {
        boolean held = up && running.getOrDefault(job, 0) == attempt;
        if (held) {
            running.remove(job);
            reportEnd(job, attempt);
            claim();
            time.at(Duration.ofMinutes(1), this::claim);
            time.at(Duration.ofMinutes(5), this::claim);
        } else if (up && random.nextInt(3) == 0 && history.attempt(job) >= attempt) {
            reportTooLate(job, attempt);
        }
    }

    private void reportEnd(JobId job, int attempt) {
        int luck = random.nextInt(100);
        if (luck < 2) {
            commands.send(new CancelJob(job, time.clock()));
            commands.send(new ConfirmCancellation(job, attempt, time.clock()));
        } else if (luck < 8) {
            commands.send(new FailJob(job, attempt, error(false), time.clock()));
        } else if (luck < 22) {
            commands.send(new FailJob(job, attempt, error(true), time.clock()));
        } else {
            commands.send(complete(job, attempt));
        }
    }

    /// The worker was believed to be dead.
    private void reportTooLate(JobId job, int attempt) {
        if (history.hasEnded(job) && history.attempt(job) == attempt) {
            commands.send(complete(job, attempt)); // only repeats; nothing comes of it
            return;
        }
        CommandRejected refused = assertThrows(CommandRejected.class, () -> commands.send(complete(job, attempt)));
        assertEquals(JobRejection.ATTEMPT_SUPERSEDED, refused.rejection());
        fenced++;
    }

    private JobCommand complete(JobId job, int attempt) {
        return new CompleteJob(job, attempt, Optional.of(job.text()), List.of(), 0, time.clock());
    }

    private static JobError error(boolean retryable) {
        return new JobError("Simulated", "it failed", "look into the simulation", retryable);
    }

    /// @param crash whether the jobs learn of it only at the next start
    void stop(boolean crash) {
        up = false;
        if (!crash) {
            requeue(RequeueReason.SERVER_STOPPED);
        }
    }

    void start() {
        up = true;
        requeue(RequeueReason.WORKER_LOST);
        claim();
    }

    private void requeue(RequeueReason reason) {
        Map<JobId, Integer> lost = new LinkedHashMap<>(running);
        running.clear();
        lost.forEach((job, attempt) -> commands.send(new RequeueJob(job, attempt, reason, time.clock())));
    }
}
