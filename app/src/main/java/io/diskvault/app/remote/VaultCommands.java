package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import io.diskvault.app.client.Answer;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Backup vaults: they hold policies, instances and recovery points.
@Command(name = "vault", description = "Backup vaults: they hold policies, instances and recovery points.")
public final class VaultCommands {
    private static final List<Column> COLUMNS =
            List.of(text("NAME", "name"), text("CREATED", "createdTime"), text("IDENTITY", "identity"));

    private final Terminal terminal;

    public VaultCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "create", description = "Makes a vault.")
    int create(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        Answer answer = options.connect(terminal).put(path(name), Json.object());
        String verb = answer.created() ? "Made" : "There already is";
        return new Reply(terminal, options).sentence(answer.body(), verb + " vault " + name + ".");
    }

    @Command(name = "list", description = "Lists vaults.")
    int list(@Mixin ServerOptions options, @Mixin ListOptions page) throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), ApiPath.of("backup-vaults")),
                        "No vaults yet. Make one with: diskvault vault create NAME",
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows a vault.")
    int show(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(path(name)).body(), COLUMNS);
    }

    @Command(name = "delete", description = "Deletes a vault that protects nothing.")
    int delete(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        options.connect(terminal).delete(path(name));
        return new Reply(terminal, options).deleted("vault", name);
    }

    private static ApiPath path(String name) {
        return ApiPath.of("backup-vaults", name);
    }
}
