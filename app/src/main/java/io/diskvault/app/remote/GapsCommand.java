package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// How long instances were without a new recovery point.
@Command(
        name = "gaps",
        description = "Shows the longest time without a new recovery point, of one instance or of all of a vault.")
final class GapsCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            new Column("INSTANCE", gaps -> Json.text(gaps, "vault") + "/" + Json.text(gaps, "instance")),
            text("LONGEST", "longest/length"),
            text("FROM", "longest/start"),
            text("TO", "longest/end"),
            text("POINTS>", "recoveryPoints"),
            text("LATEST RECOVERY POINT", "latestRecoveryPoint"),
            text("AGE", "currentAge"));

    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private ListOptions page = new ListOptions();

    @Parameters(paramLabel = "VAULT[/INSTANCE]")
    private String subject = "";

    @Option(names = "--from", paramLabel = "INSTANT", description = "Beginning of the period; 30 days ago if absent.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "INSTANT", description = "End of the period; now if absent.")
    private Optional<String> to = Optional.empty();

    GapsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        VaultServer server = options.connect(terminal);
        int slash = subject.indexOf('/');
        if (slash < 0) {
            return new Reply(terminal, options)
                    .list(
                            page.of(server, period(ApiPath.of("backup-vaults", subject, "recovery-point-gaps"))),
                            "Nothing is protected in this vault yet.",
                            COLUMNS);
        }
        QualifiedName instance = new QualifiedName(subject.substring(0, slash), subject.substring(slash + 1));
        return new Reply(terminal, options)
                .details(
                        server.get(period(InstanceCommands.path(instance, "recovery-point-gaps")))
                                .body(),
                        COLUMNS);
    }

    private ApiPath period(ApiPath path) {
        return path.with("from", from).with("to", to);
    }
}
