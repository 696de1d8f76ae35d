package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The ledger of an instance: what became of each of its slots.
@Command(
        name = "slots",
        description = "Lists what became of an instance's scheduled backups, newest first: OnTime, Late, Missed,"
                + " Coalesced, Skipped or Failed, and why.")
final class SlotsCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            text("SLOT", "slot"),
            text("STATE", "state"),
            text("LATE BY", "lateness"),
            text("REASON", "reason/code"),
            text("JOB", "job"));

    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private ListOptions page = new ListOptions();

    @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
    private QualifiedName instance = new QualifiedName("", "");

    @Option(names = "--from", paramLabel = "INSTANT", description = "Not older than this.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "INSTANT", description = "Older than this.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--state", paramLabel = "STATE", description = "Only slots in this state.")
    private Optional<String> state = Optional.empty();

    SlotsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        ApiPath path = InstanceCommands.path(instance, "slots")
                .with("from", from)
                .with("to", to)
                .with("state", state);
        return new Reply(terminal, options)
                .list(page.of(options.connect(terminal), path), "No slot has come in that time.", COLUMNS);
    }
}
