package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Says where two recovery points differ.
@Command(
        name = "diff",
        description =
                "Says which parts of the disk differ between two recovery points, without reading the disk's content.")
final class PointDiffCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(text("FIRST BYTE>", "start"), text("BYTE AFTER LAST>", "end"), text("HOW", "kind"));

    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private ListOptions page = new ListOptions();

    @Parameters(index = "0", paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
    private QualifiedName instance = new QualifiedName("", "");

    @Parameters(index = "1", paramLabel = "FROM", description = "The earlier recovery point.")
    private String from = "";

    @Parameters(index = "2", paramLabel = "TO", description = "The later one, or latest.")
    private String to = "";

    PointDiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ApiPath path = InstanceCommands.path(instance, "recovery-points", from, "diff", to);
        ObjectNode diff = page.of(server, path).fetch();
        new Reply(terminal, options).list(diff, "Nothing differs.", COLUMNS);
        if (!options.json() && !diff.path("items").isEmpty()) {
            long ranges = diff.path("ranges").asLong();
            terminal.say("%s differ in %d %s; of them %s are zeros now."
                    .formatted(
                            ByteSize.of(diff.path("changedBytes").asLong()
                                    + diff.path("zeroedBytes").asLong()),
                            ranges,
                            ranges == 1 ? "range" : "ranges",
                            ByteSize.of(diff.path("zeroedBytes").asLong())));
        }
        return ExitCode.OK;
    }
}
