package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.bytes;
import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What the recovery points of an instance take.
@Command(
        name = "storage",
        description = "Shows what an instance's recovery points take, and what each would free if it alone expired.")
final class InstanceStorageCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            bytes("DISK", "logicalBytes"),
            bytes("USED", "usedBytes"),
            bytes("STORED", "storedBytes"),
            bytes("ONLY ITS OWN", "uniqueBytes"),
            text("LOOKED FOR AT", "uniqueTime"),
            text("NOTE", "uniqueNote"));

    private static final List<Column> POINT_COLUMNS = List.of(
            text("RECOVERY POINT", "id"),
            text("SNAPSHOT TIME", "snapshotTime"),
            bytes("CHANGED", "changedBytes"),
            bytes("STORED", "storedBytes"),
            bytes("FREED IF EXPIRED", "freedIfExpiredBytes"));

    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
    private QualifiedName instance = new QualifiedName("", "");

    InstanceStorageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        JsonNode storage = options.connect(terminal)
                .get(InstanceCommands.path(instance, "storage"))
                .body();
        new Reply(terminal, options).details(storage, COLUMNS);
        if (!options.json()) {
            terminal.say("");
            JsonNode points = Json.object().set("items", storage.path("points"));
            Reply.lines(points, "There are no recovery points yet.", POINT_COLUMNS)
                    .forEach(terminal::say);
        }
        return ExitCode.OK;
    }
}
