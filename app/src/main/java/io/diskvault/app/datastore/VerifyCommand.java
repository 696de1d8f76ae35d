package io.diskvault.app.datastore;

import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says whether everything is there that recovery points need, and is what was stored.
@Command(
        name = "verify",
        description = "Checks everything in a datastore, and says which parts of which recovery points are concerned by"
                + " what is wrong. Ends with 1 when something is wrong that is not harmless.")
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DatastoreOptions options = new DatastoreOptions();

    @Option(
            names = "--structure",
            description = "Leave out the content of disks, which is nearly everything: much faster, and finds less.")
    private boolean structure;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        VerifyResult result;
        try (Datastore datastore = options.open(terminal);
                WatchedWork work = new WatchedWork(terminal, "Verifying")) {
            result = datastore.verify(structure ? VerifyOptions.STRUCTURE : VerifyOptions.FULL, work);
        } catch (CancellationException stopped) {
            throw new CommandFailed("Cancelled", "Stopped. Nothing is known about what was not read yet.");
        }
        VerifyReport report = new VerifyReport(result, options.directory());
        if (options.json()) terminal.print(report.json());
        else report.lines().forEach(terminal::say);
        return report.isFine() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
