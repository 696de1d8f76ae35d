package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Table;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.DiskUsage;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the recovery points of a disk have for themselves.
@Command(
        name = "usage",
        description =
                "Shows how much only one disk's recovery points need, and what each would free if it were removed.")
final class UsageCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DatastoreOptions options = new DatastoreOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The disk's name.")
    private String name = "";

    UsageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        try (Datastore datastore = options.open(terminal);
                WatchedWork work = new WatchedWork(terminal, "Looking for what is shared")) {
            DiskUsage usage = datastore.usage(name, work);
            if (options.json()) terminal.print(json(usage));
            else print(usage);
        } catch (CancellationException stopped) {
            throw new CommandFailed("Cancelled", "Stopped.");
        }
        return ExitCode.OK;
    }

    private ObjectNode json(DiskUsage usage) {
        ObjectNode json = Json.object().put("disk", name).put("uniqueBytes", usage.uniqueBytes());
        ArrayNode items = json.putArray("items");
        usage.points()
                .forEach(point ->
                        items.addObject().put("id", point.point().value()).put("uniqueBytes", point.uniqueBytes()));
        return json;
    }

    private void print(DiskUsage usage) {
        Table table = new Table("RECOVERY POINT", "FREED IF REMOVED>");
        usage.points().forEach(point -> table.add(point.point().value(), ByteSize.of(point.uniqueBytes())));
        table.printTo(terminal, "There are no recovery points of " + name + ".");
        terminal.say("Only " + name + " needs " + ByteSize.of(usage.uniqueBytes())
                + " of what is stored. A collection frees what nothing needs any more.");
    }
}
