package io.diskvault.app.remote;

import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/// Everything at a glance.
@Command(
        name = "overview",
        description =
                "Shows at a glance what is protected, what failed, which alerts are open and how much room there is.")
public final class OverviewCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private WatchOption watch = new WatchOption();

    public OverviewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ApiPath path = ApiPath.of("overview");
        Optional<Duration> every = watch.every();
        if (every.isPresent()) {
            return new Watch(terminal, options.json(), every.get())
                    .show(() -> server.get(path).body(), OverviewText::lines);
        }
        if (options.json()) terminal.print(server.get(path).body());
        else OverviewText.lines(server.get(path).body()).forEach(terminal::say);
        return ExitCode.OK;
    }
}
