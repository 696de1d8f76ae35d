package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.bytes;
import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
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

    private static final List<Column> DETAILS = Stream.concat(
                    COLUMNS.stream(),
                    Stream.of(
                            text("STATE", "state"),
                            text("POLICY", "policy"),
                            text("VERSION", "policyVersion"),
                            text("LEGAL HOLD", "legalHold/reason"),
                            text("LAST PROOF", "lastProof/provenTime"),
                            text("WHY", "why")))
            .toList();

    private final Terminal terminal;

    private PointCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    public static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new PointCommands(terminal))
                .addSubcommand(new LinkCommands(terminal))
                .addSubcommand(new ExportCommands(terminal))
                .addSubcommand(new FileCommands(terminal))
                .addSubcommand(new PointDiffCommand(terminal));
    }

    @Command(name = "list", description = "Lists an instance's recovery points, newest first.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Mixin AsOfOption asOf,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "live (unless said otherwise), held: those on legal hold, or expired.")
                    Optional<String> state,
            @Option(names = "--from", paramLabel = "INSTANT", description = "Not older than this.")
                    Optional<String> from,
            @Option(names = "--to", paramLabel = "INSTANT", description = "Not newer than this.") Optional<String> to)
            throws CommandFailed {
        ApiPath path = InstanceCommands.path(instance, "recovery-points")
                .with("state", state)
                .with("from", from)
                .with("to", to);
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), asOf.in(path)),
                        "No recovery points. Make one with: diskvault backup " + instance,
                        COLUMNS);
    }

    @Command(name = "hold", description = "Sets a legal hold: nothing removes the recovery point until it is released.")
    int hold(
            @Mixin ServerOptions options,
            @Mixin PointArguments point,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "For those who will ask.")
                    String reason)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        String id = point.id(server);
        ObjectNode body = Json.object().put("reason", reason);
        return new Reply(terminal, options)
                .sentence(
                        server.put(point.path(id, "legal-hold"), body).body(),
                        "Recovery point " + id + " is on legal hold.");
    }

    @Command(name = "release", description = "Releases a legal hold: the recovery point goes when its time is up.")
    int release(@Mixin ServerOptions options, @Mixin PointArguments point) throws CommandFailed {
        VaultServer server = options.connect(terminal);
        String id = point.id(server);
        server.delete(point.path(id, "legal-hold"));
        return new Reply(terminal, options)
                .sentence(
                        Json.object().put("released", true).put("name", id),
                        "Recovery point " + id + " is not on legal hold any more.");
    }

    @Command(name = "show", description = "Shows a recovery point, and why it is kept or went.")
    int show(@Mixin ServerOptions options, @Mixin AsOfOption asOf, @Mixin PointArguments point) throws CommandFailed {
        VaultServer server = options.connect(terminal);
        return new Reply(terminal, options)
                .details(server.get(asOf.in(point.path(server))).body(), DETAILS);
    }
}
