package io.diskvault.app.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.JsonOption;
import io.diskvault.app.console.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Everything in one process, until it is told to stop.
@Command(name = "serve", description = "Runs the server until Ctrl-C or SIGTERM.")
public final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private ListenOptions listen = new ListenOptions();

    @Option(
            names = "--allow",
            paramLabel = "DIR",
            split = ":",
            defaultValue = "${env:DISKVAULT_ALLOW}",
            description = "A directory that resource groups may use, with all below it. May be given more than once;"
                    + " else DISKVAULT_ALLOW, a list with colons.")
    private List<Path> allow = new ArrayList<>();

    public ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        List<Path> roots = new ArrayList<>();
        for (Path directory : allow) {
            if (!Files.isDirectory(directory)) {
                throw new CommandFailed(
                        "AllowedRootMissing",
                        directory + " is no directory, so it cannot be allowed.",
                        "Make it first, or leave out that --allow.");
            }
            roots.add(directory.toAbsolutePath().normalize());
        }
        DataDirectory data = listen.takeData();
        RunningServer server = listen.start(data, roots);
        StopOnSignal stop = new StopOnSignal(server, terminal);
        show(server);
        stop.await();
        return ExitCode.OK;
    }

    private void show(RunningServer server) {
        Optional<String> token = server.administratorTokenOfFirstStart();
        if (json.asked()) {
            ObjectNode started = Json.object().put("address", server.address());
            started.put("administratorToken", token.orElse(null));
            terminal.print(started);
            return;
        }
        terminal.say("Diskvault listens on " + server.address() + ". Ctrl-C stops it.");
        token.ifPresent(secret -> {
            terminal.say("The administrator's token, shown only now: keep it.");
            terminal.say("  export DISKVAULT_TOKEN=" + secret);
        });
    }
}
