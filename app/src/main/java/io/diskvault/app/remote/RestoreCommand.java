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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a new disk from a recovery point.
@Command(name = "restore", description = "Makes a new disk from a recovery point. Never writes over an existing one.")
public final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
    private QualifiedName instance = new QualifiedName("", "");

    @Option(names = "--point", required = true, paramLabel = "ID", description = "The recovery point, or latest.")
    private String point = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "GROUP/DISK",
            converter = QualifiedName.Converter.class,
            description = "The resource group to restore into, and the new disk's name.")
    private QualifiedName target = new QualifiedName("", "");

    @Option(
            names = "--grant-missing",
            description = "Give the vault's identity the roles that it lacks; you must be allowed to.")
    private boolean grantMissing;

    @Option(names = "--no-wait", description = "Only start it, and print the job.")
    private boolean noWait;

    public RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ObjectNode body = Json.object().put("recoveryPoint", PointCommands.idOf(point, instance, server));
        ObjectNode to =
                body.putObject("target").put("resourceGroup", target.scope()).put("diskName", target.name());
        if (grantMissing) to.put("grantMissing", true);
        JsonNode job =
                server.post(InstanceCommands.path(instance, "restores"), body).body();
        String id = Json.text(job, "id");
        if (noWait) return new Reply(terminal, options).sentence(job, "Job " + id + " restores to " + target + ".");
        JsonNode ended;
        try (WaitingNotice _ = new WaitingNotice(terminal, id)) {
            ended = new JobWatch(server, terminal).untilEnd(id, "Restoring to " + target);
        }
        return new JobReply(terminal, options).ended(ended, "Restored " + instance + " to disk " + target + ".");
    }
}
