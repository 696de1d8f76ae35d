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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The instances of one vault, or of all.
@Command(name = "list", description = "Lists instances with their health, of one vault or of all that you may see.")
final class InstanceListCommand implements Callable<Integer> {
    static final List<Column> COLUMNS = List.of(
            InstanceCommands.NAME,
            text("DISK", "disk"),
            text("POLICY", "policy"),
            text("SNAPSHOTS", "snapshotResourceGroup"),
            text("STATE", "protectionState"),
            text("LATEST RECOVERY POINT", "latestRecoveryPoint/snapshotTime"),
            text("NEXT BACKUP", "nextSlot"),
            text("LAST PROVEN", "lastProven/provenTime"),
            text("HEALTH", "health/state"));

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private ListOptions page = new ListOptions();

    @Option(names = "--vault", paramLabel = "VAULT", description = "Only this vault's.")
    private Optional<String> vault = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "Only those whose disk is in this resource group.")
    private Optional<String> group = Optional.empty();

    @Option(names = "--policy", paramLabel = "POLICY", description = "Only those of this policy.")
    private Optional<String> policy = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "ProtectionConfigured, ProtectionStopped or BackupsSuspended.")
    private Optional<String> state = Optional.empty();

    @Option(names = "--health", paramLabel = "HEALTH", description = "Healthy, Degraded, Unhealthy or NotProtected.")
    private Optional<String> health = Optional.empty();

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description = "How it was then, from the history: 2026-11-21T12:00:00Z. With --vault, and no other filter.")
    private Optional<String> asOf = Optional.empty();

    InstanceListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), path()),
                        "No such instances. Protect a disk with: diskvault instance configure",
                        COLUMNS);
    }

    /// One vault's list can be asked for as it was, and older servers have it too.
    private ApiPath path() {
        boolean filtered = group.isPresent() || policy.isPresent() || state.isPresent() || health.isPresent();
        if (vault.isPresent() && !filtered) {
            return ApiPath.of("backup-vaults", vault.get(), "backup-instances").with("asOf", asOf);
        }
        if (asOf.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--as-of needs --vault, and goes with no other filter.");
        }
        return ApiPath.of("backup-instances")
                .with("vault", vault)
                .with("resourceGroup", group)
                .with("policy", policy)
                .with("state", state)
                .with("health", health);
    }
}
