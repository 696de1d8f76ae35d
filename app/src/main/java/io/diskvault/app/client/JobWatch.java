package io.diskvault.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.ProgressLine;
import io.diskvault.app.console.Terminal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Follows a job to its end. The job belongs to the server: whoever stops watching does not stop it.
public final class JobWatch {
    private static final Set<String> LIVE = Set.of("Queued", "InProgress", "Cancelling");
    /// Short jobs end within one of these; the server answers a job from one row.
    private static final Duration INTERVAL = Duration.ofMillis(150);

    private final VaultServer server;
    private final Terminal terminal;

    public JobWatch(VaultServer server, Terminal terminal) {
        this.server = server;
        this.terminal = terminal;
    }

    /// A job that still changes.
    public static boolean isLive(JsonNode job) {
        return LIVE.contains(Json.text(job, "status"));
    }

    /// The job as it is when it has ended, however it ended.
    ///
    /// @param title what the progress line says is being done
    public JsonNode untilEnd(String jobId, String title) throws CommandFailed {
        return untilEnd(jobId, title, Optional.empty());
    }

    /// The same, but not for ever.
    public JsonNode untilEnd(String jobId, String title, Optional<Duration> patience) throws CommandFailed {
        long start = System.nanoTime();
        try (ProgressLine progress = new ProgressLine(terminal, title, System.nanoTime())) {
            while (true) {
                JsonNode job = server.get(ApiPath.of("backup-jobs", jobId)).body();
                if (!isLive(job)) return job;
                show(job, progress);
                requirePatience(job, start, patience);
                LockSupport.parkNanos(INTERVAL.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw new CommandFailed("Interrupted", "Stopped waiting; job " + jobId + " goes on.");
                }
            }
        }
    }

    private static void requirePatience(JsonNode job, long startNanos, Optional<Duration> patience)
            throws CommandFailed {
        if (patience.isPresent()
                && System.nanoTime() - startNanos >= patience.get().toNanos()) {
            String id = Json.text(job, "id");
            throw new CommandFailed(
                    "WaitTimedOut",
                    "Job " + id + " has not ended after " + patience.get() + "; it is " + Json.text(job, "status")
                            + ".",
                    "It goes on in the server. Wait on with: diskvault job wait " + id);
        }
    }

    private static void show(JsonNode job, ProgressLine progress) {
        long total = job.at("/progress/totalBytes").asLong();
        String status = Json.text(job, "status");
        if (status.equals("Queued")) progress.show("waiting in the queue");
        else if (status.equals("Cancelling")) progress.show("is being cancelled");
        else if (total == 0) progress.show("starting");
        else progress.show(job.at("/progress/doneBytes").asLong(), total, System.nanoTime());
    }

    /// The failure of a job that has ended without doing its work, in the server's words.
    public static Optional<CommandFailed> failure(JsonNode job) {
        String status = Json.text(job, "status");
        if (status.startsWith("Completed")) return Optional.empty();
        String what = "Job " + Json.text(job, "id") + " ended as " + status;
        String code = Json.text(job, "error/code");
        if (code.isEmpty()) return Optional.of(new CommandFailed("Job" + status, what + "."));
        return Optional.of(new CommandFailed(
                code,
                what + ": " + Json.text(job, "error/message"),
                Optional.of(Json.text(job, "error/recommendedAction")).filter(action -> !action.isEmpty())));
    }
}
