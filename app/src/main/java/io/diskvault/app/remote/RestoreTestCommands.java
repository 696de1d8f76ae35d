package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.JobWatch;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.client.WaitingNotice;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Tests whether an instance can be restored, and shows what earlier tests found.
@Command(
        name = "test",
        description = "Tests whether a recovery point can be restored: makes a copy in a scratch place, compares every"
                + " byte, checks it, and throws it away.")
final class RestoreTestCommands {
    private static final List<Column> COLUMNS = List.of(
            text("REQUESTED", "requestedTime"),
            text("RECOVERY POINT", "recoveryPoint"),
            text("OUTCOME", "outcome"),
            text("SECONDS>", "seconds"),
            Column.bytes("RESTORED", "restoredBytes"),
            new Column("CHECKS", RestoreTestCommands::checks),
            text("PLAN>", "planVersion"),
            text("JOB", "job"));

    private final Terminal terminal;

    RestoreTestCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    private static String checks(JsonNode test) {
        return StreamSupport.stream(test.path("checks").spliterator(), false)
                .map(check -> Json.text(check, "check") + " " + Json.text(check, "outcome"))
                .collect(Collectors.joining(", "));
    }

    @Command(name = "start", description = "Tests a recovery point now.")
    int start(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance,
            @Option(names = "--point", paramLabel = "ID", description = "The latest unless said otherwise.")
                    Optional<String> point,
            @Option(
                            names = "--scratch",
                            paramLabel = "GROUP",
                            description =
                                    "The resource group where the copy is made; needed if the vault has no restore"
                                            + " test plan.")
                    Optional<String> scratch,
            @Option(
                            names = "--grant-missing",
                            description = "Give the vault's identity the roles that it lacks; you must be allowed to.")
                    boolean grantMissing,
            @Option(names = "--no-wait", description = "Only start it, and print the job.") boolean noWait)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ObjectNode body = Json.object();
        if (point.isPresent()) body.put("recoveryPoint", PointArguments.idOf(point.get(), instance, server));
        scratch.ifPresent(group -> body.put("scratchResourceGroup", group));
        if (grantMissing) body.put("grantMissing", true);
        JsonNode job = server.post(path(instance), body).body();
        String id = Json.text(job, "id");
        if (noWait) return new Reply(terminal, options).sentence(job, "Job " + id + " tests " + instance + ".");
        JsonNode ended;
        try (WaitingNotice _ = new WaitingNotice(terminal, id)) {
            ended = new JobWatch(server, terminal).untilEnd(id, "Testing " + instance);
        }
        return new JobReply(terminal, options)
                .ended(
                        ended,
                        "Recovery point %s of %s was restored, is what was backed up, and is thrown away again."
                                .formatted(Json.text(ended, "recoveryPoint"), instance));
    }

    @Command(name = "list", description = "Lists what the tests of an instance found, newest first.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Parameters(paramLabel = "VAULT/INSTANCE", converter = QualifiedName.Converter.class)
                    QualifiedName instance,
            @Option(names = "--point", paramLabel = "ID", description = "Only the tests of this recovery point.")
                    Optional<String> point)
            throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), path(instance).with("recoveryPoint", point)),
                        "It was never tested. Test it with: diskvault instance test start " + instance,
                        COLUMNS);
    }

    private static ApiPath path(QualifiedName instance) {
        return InstanceCommands.path(instance, "restore-tests");
    }
}
