package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.bytes;
import static io.diskvault.app.remote.Column.text;

import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Recovery points: the states of a disk that can be restored.
@Command(name = "point", description = "Recovery points: the states of a disk that can be restored.")
public final class PointCommands {
    private static final List<Column> COLUMNS = List.of(
            text("RECOVERY POINT", "id"),
            text("SNAPSHOT TIME", "snapshotTime"),
            text("KIND", "kind"),
            text("TAG", "retentionTag"),
            text("EXPIRES", "expiryTime"),
            bytes("LOGICAL", "logicalBytes"),
            bytes("CHANGED", "changedBytes"),
            bytes("STORED", "storedBytes"));

    private final Terminal terminal;

    public PointCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "Lists an instance's recovery points, newest first.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance,
            @Option(names = "--from", paramLabel = "INSTANT", description = "Not older than this.")
                    Optional<String> from,
            @Option(names = "--to", paramLabel = "INSTANT", description = "Not newer than this.") Optional<String> to)
            throws CommandFailed {
        ApiPath path = InstanceCommands.path(instance, "recovery-points")
                .with("from", from)
                .with("to", to);
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), path),
                        "No recovery points. Make one with: diskvault backup " + instance,
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows a recovery point.")
    int show(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance,
            @Parameters(paramLabel = "ID") String id)
            throws CommandFailed {
        ApiPath path = InstanceCommands.path(instance, "recovery-points", id);
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(path).body(), COLUMNS);
    }

    /// The id that `latest` stands for, or the one that was given.
    static String idOf(String point, QualifiedName instance, VaultServer server) throws CommandFailed {
        if (!point.equals("latest")) return point;
        ApiPath newest = InstanceCommands.path(instance, "recovery-points").with("limit", "1");
        String id = Json.text(server.list(newest, false), "items/0/id");
        if (id.isEmpty()) {
            throw new CommandFailed(
                    "RecoveryPointNotFound",
                    instance + " has no recovery point yet.",
                    "Make one with: diskvault backup " + instance);
        }
        return id;
    }
}
