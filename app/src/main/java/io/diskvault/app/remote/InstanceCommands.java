package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Backup instances: one disk protected by one policy.
@Command(name = "instance", description = "Backup instances: one disk protected by one policy in one vault.")
public final class InstanceCommands {
    private static final List<Column> COLUMNS = List.of(
            new Column("INSTANCE", instance -> Json.text(instance, "vault") + "/" + Json.text(instance, "name")),
            text("DISK", "disk"),
            text("POLICY", "policy"),
            text("SNAPSHOTS", "snapshotResourceGroup"),
            text("STATE", "protectionState"),
            text("LATEST RECOVERY POINT", "latestRecoveryPoint/snapshotTime"),
            text("NEXT BACKUP", "nextSlot"));

    private final Terminal terminal;

    public InstanceCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "configure", description = "Protects a disk, or changes how it is protected.")
    int configure(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault,
            @Option(names = "--disk", required = true, paramLabel = "GROUP/DISK") String disk,
            @Option(names = "--policy", required = true, paramLabel = "POLICY") String policy,
            @Option(
                            names = "--snapshots",
                            required = true,
                            paramLabel = "GROUP",
                            description = "The resource group whose datastore keeps the snapshots.")
                    String snapshots)
            throws CommandFailed {
        ObjectNode body = Json.object().put("disk", disk).put("policy", policy).put("snapshotResourceGroup", snapshots);
        ApiPath path = path(new QualifiedName(vault, name));
        return new Reply(terminal, options)
                .sentence(
                        options.connect(terminal).put(path, body).body(),
                        "Disk " + disk + " is protected by policy " + policy + " as " + vault + "/" + name + ".");
    }

    @Command(name = "list", description = "Lists a vault's instances.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Option(names = "--vault", required = true, paramLabel = "VAULT") String vault)
            throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), ApiPath.of("backup-vaults", vault, "backup-instances")),
                        "Nothing is protected in this vault yet. Protect a disk with: diskvault instance configure",
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows an instance.")
    int show(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(path(instance)).body(), COLUMNS);
    }

    @Command(name = "delete", description = "Stops protecting a disk and removes its recovery points.")
    int delete(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance)
            throws CommandFailed {
        options.connect(terminal).delete(path(instance));
        return new Reply(terminal, options).deleted("instance", instance.toString());
    }

    static ApiPath path(QualifiedName instance, String... more) {
        String[] segments = new String[4 + more.length];
        segments[0] = "backup-vaults";
        segments[1] = instance.scope();
        segments[2] = "backup-instances";
        segments[3] = instance.name();
        System.arraycopy(more, 0, segments, 4, more.length);
        return ApiPath.of(segments);
    }
}
