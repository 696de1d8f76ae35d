package io.diskvault.app.datastore;

import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.BackupResult;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.PointOverlay;
import io.diskvault.engine.datastore.RecoveryPoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What was written to a recovery point, as another recovery point.
@Command(
        name = "keep",
        description = "Makes a recovery point of what was written to a writable export. Takes as long as that was"
                + " much, whatever the disk's size.")
final class KeepCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DatastoreOptions options = new DatastoreOptions();

    @Option(
            names = "--overlay",
            required = true,
            paramLabel = "FILE",
            description = "The file that export --writable made. The export must have ended.")
    private Path file = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The disk's name for the new recovery point; that of the exported one if not given.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--discard", description = "Remove the file when the recovery point is made.")
    private boolean discard;

    KeepCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        BackupResult result;
        try (Datastore datastore = options.open(terminal)) {
            RecoveryPoint base = datastore.baseOf(file);
            try (PointDisk disk = datastore.openPoint(base)) {
                PointOverlay overlay = PointOverlay.open(disk, file);
                try {
                    result = keep(datastore, request(base), overlay);
                } catch (Exception failure) {
                    overlay.close();
                    throw failure;
                }
                if (discard) {
                    overlay.discard();
                } else {
                    overlay.close();
                }
            }
        }
        show(result);
        return ExitCode.OK;
    }

    private BackupResult keep(Datastore datastore, BackupRequest request, PointOverlay overlay) throws Exception {
        try (WatchedWork work = new WatchedWork(terminal, "Keeping " + request.disk())) {
            return datastore.keep(request, overlay, work);
        } catch (CancellationException stopped) {
            throw new CommandFailed("Cancelled", "Stopped. No recovery point was made, and the overlay is as it was.");
        }
    }

    private BackupRequest request(RecoveryPoint base) {
        Instant now = Instant.now();
        try {
            return new BackupRequest(name.orElse(base.disk()), EngineArguments.newPoint(now), now, base.sourceId());
        } catch (IllegalArgumentException refused) {
            throw options.wrong("--name: " + refused.getMessage());
        }
    }

    private void show(BackupResult result) {
        RecoveryPoint point = result.point();
        if (options.json()) {
            terminal.print(PointJson.of(point).put("readBytes", result.readBytes()));
            return;
        }
        terminal.say("Recovery point  " + point.id() + " of " + point.disk());
        terminal.say("Read            " + ByteSize.of(result.readBytes()));
        terminal.say("Changed         " + ByteSize.of(point.changedBytes()));
        terminal.say("Stored          " + ByteSize.of(point.storedBytes()));
    }
}
