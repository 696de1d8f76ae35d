package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.Answer;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Resource groups: where disks live, and where snapshots go.
@Command(
        name = "group",
        description = "Resource groups: a directory where disks live, a datastore for snapshots, or both.")
public final class GroupCommands {
    private static final List<Column> COLUMNS =
            List.of(text("NAME", "name"), text("DISKS", "disksRoot"), text("DATASTORE", "datastore"));

    private final Terminal terminal;

    public GroupCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "create", description = "Makes a resource group.")
    int create(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--disks", paramLabel = "DIR", description = "The directory where its disks live.")
                    Optional<Path> disks,
            @Option(names = "--datastore", paramLabel = "DIR", description = "The datastore where its snapshots go.")
                    Optional<Path> datastore)
            throws CommandFailed {
        ObjectNode body = Json.object();
        disks.ifPresent(directory -> body.put("disksRoot", absolute(directory)));
        datastore.ifPresent(directory -> body.put("datastore", absolute(directory)));
        Answer answer = options.connect(terminal).put(path(name), body);
        String verb = answer.created() ? "Made" : "There already is";
        return new Reply(terminal, options).sentence(answer.body(), verb + " resource group " + name + ".");
    }

    @Command(name = "list", description = "Lists resource groups.")
    int list(@Mixin ServerOptions options, @Mixin ListOptions page) throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), ApiPath.of("resource-groups")),
                        "No resource groups yet. Make one with: diskvault group create NAME --disks DIR",
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows a resource group.")
    int show(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(path(name)).body(), COLUMNS);
    }

    @Command(name = "delete", description = "Deletes a resource group that nothing uses. Files stay where they are.")
    int delete(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        options.connect(terminal).delete(path(name));
        return new Reply(terminal, options).deleted("resource group", name);
    }

    /// The server has a working directory of its own, so what is meant from here is said in full.
    private static String absolute(Path directory) {
        return directory.toAbsolutePath().normalize().toString();
    }

    private static ApiPath path(String name) {
        return ApiPath.of("resource-groups", name);
    }
}
