package io.diskvault.app.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.JobWatch;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import io.diskvault.app.quickstart.Protection.Protected;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The first recovery point of a disk, made at once instead of at the next full hour.
final class FirstBackup {
    private static final int LISTED = 10;
    private static final Duration VIEW_DELAY_MAX = Duration.ofSeconds(10);
    private static final Duration VIEW_INTERVAL = Duration.ofMillis(50);

    private final VaultServer server;
    private final Terminal terminal;

    FirstBackup(VaultServer server, Terminal terminal) {
        this.server = server;
        this.terminal = terminal;
    }

    /// The newest recovery points; there is at least one when this returns.
    ObjectNode ensure(Protected disk) throws CommandFailed {
        ObjectNode points = points(disk);
        if (!points.path("items").isEmpty()) return points;
        // A start that was cut off has left its job; the server goes on with it by itself.
        Optional<JsonNode> running = runningBackup(disk);
        JsonNode job = running.isPresent()
                ? running.get()
                : server.post(disk.path("backups"), Json.object()).body();
        JsonNode ended = new JobWatch(server, terminal).untilEnd(Json.text(job, "id"), "First backup");
        Optional<CommandFailed> failure = JobWatch.failure(ended);
        if (failure.isPresent()) throw failure.get();
        return pointsOnceShown(disk);
    }

    private Optional<JsonNode> runningBackup(Protected disk) throws CommandFailed {
        ApiPath newest = ApiPath.of("backup-jobs")
                .with("vault", Protection.VAULT)
                .with("instance", disk.instance())
                .with("operation", "Backup");
        for (JsonNode job : server.list(newest, false).path("items")) {
            if (JobWatch.isLive(job)) return Optional.of(job);
        }
        return Optional.empty();
    }

    private ObjectNode points(Protected disk) throws CommandFailed {
        return server.list(disk.path("recovery-points").with("limit", String.valueOf(LISTED)), false);
    }

    /// Lists follow the events, so the newest recovery point may come an instant after its job's end.
    private ObjectNode pointsOnceShown(Protected disk) throws CommandFailed {
        long start = System.nanoTime();
        while (true) {
            ObjectNode points = points(disk);
            if (!points.path("items").isEmpty() || System.nanoTime() - start > VIEW_DELAY_MAX.toNanos()) return points;
            LockSupport.parkNanos(VIEW_INTERVAL.toNanos());
        }
    }
}
