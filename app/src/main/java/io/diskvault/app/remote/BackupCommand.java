package io.diskvault.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.JobWatch;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.client.WaitingNotice;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Backs up now, beside the schedule.
@Command(name = "backup", description = "Backs up a protected disk now, beside its schedule.")
public final class BackupCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
    private QualifiedName instance = new QualifiedName("", "");

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "The rule of its policy that keeps it: Default, Daily, Weekly, Monthly or Yearly;"
                    + " Default if not given.")
    private Optional<String> tag = Optional.empty();

    @Option(names = "--no-wait", description = "Only start it, and print the job.")
    private boolean noWait;

    public BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ObjectNode request = Json.object();
        tag.ifPresent(chosen -> request.put("retentionTag", chosen));
        JsonNode job =
                server.post(InstanceCommands.path(instance, "backups"), request).body();
        String id = Json.text(job, "id");
        if (noWait) return new Reply(terminal, options).sentence(job, "Job " + id + " backs up " + instance + ".");
        JsonNode ended;
        try (WaitingNotice _ = new WaitingNotice(terminal, id)) {
            ended = new JobWatch(server, terminal).untilEnd(id, "Backing up " + instance);
        }
        return new JobReply(terminal, options)
                .ended(
                        ended,
                        "Backed up " + instance + " to recovery point " + Json.text(ended, "recoveryPoint") + ".");
    }
}
