package io.diskvault.app.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.FormatOption;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.JsonOption;
import io.diskvault.app.console.Terminal;
import io.diskvault.app.quickstart.Protection.Protected;
import io.diskvault.app.server.DataDirectory;
import io.diskvault.app.server.ListenOptions;
import io.diskvault.app.server.Logging;
import io.diskvault.app.server.RunningServer;
import io.diskvault.app.server.StopOnSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Serves, and protects one disk every hour.
@Command(
        name = "quickstart",
        description = {
            "Starts a server that protects a disk: a first backup at once, then one every hour.",
            "Started again, it finds everything and goes on. Runs until Ctrl-C or SIGTERM."
        })
public final class QuickstartCommand implements Callable<Integer> {
    private static final Duration SCHEDULED_WITHIN = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final Terminal terminal;

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(paramLabel = "DISK", description = "A disk image or a block device.")
    private Path disk = Path.of("");

    public QuickstartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        DiskFile file = DiskFile.check(disk, format.given());
        Logging.quiet();
        if (terminal.interactive()) terminal.note("Starting the server.");
        DataDirectory data = listen.takeData();
        RunningServer server = listen.start(data, List.of(file.directory()));
        // Only when the server runs: a start that failed should leave nothing behind.
        data.rememberRoot(file.directory());
        StopOnSignal stop = new StopOnSignal(server, terminal);
        try {
            protect(file, data, server).print(terminal, json.asked());
            Logging.normal();
        } catch (CommandFailed failure) {
            // What fails while the process is being ended says nothing.
            if (!stop.stopping()) throw failure;
        }
        stop.await();
        return ExitCode.OK;
    }

    private Overview protect(DiskFile file, DataDirectory data, RunningServer running) throws CommandFailed {
        Optional<String> token = running.administratorTokenOfFirstStart();
        // Before anything that can fail or be stopped: it is not kept anywhere, so it would be lost for ever.
        token.ifPresent(secret -> terminal.note("The administrator's token, shown only now, so keep it: " + secret));
        VaultServer server = running.ownClient();
        Protected disk = new Protection(server).of(file, data.datastore(), Instant.now());
        ObjectNode points = new FirstBackup(server, terminal).ensure(disk);
        return new Overview(file, disk, points, nextSlot(server, disk), running.address(), token, data.keyFile());
    }

    /// The schedule follows the events, so right after the start it may not be known for an instant.
    private static String nextSlot(VaultServer server, Protected disk) throws CommandFailed {
        long start = System.nanoTime();
        while (true) {
            String slot = Json.text(server.get(disk.path()).body(), "nextSlot");
            if (!slot.isEmpty() || System.nanoTime() - start > SCHEDULED_WITHIN.toNanos()) return slot;
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
