package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.Answer;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Backup vaults: they hold policies, instances and recovery points.
@Command(name = "vault", description = "Backup vaults: they hold policies, instances and recovery points.")
public final class VaultCommands {
    private static final List<Column> COLUMNS = List.of(
            text("NAME", "name"),
            text("SOFT DELETE", "softDelete/state"),
            text("DAYS>", "softDelete/retentionDays"),
            text("IMMUTABILITY", "immutability"),
            text("CREATED", "createdTime"),
            text("IDENTITY", "identity"));

    private static final List<Column> FINDINGS = List.of(
            text("FINDING", "kind"),
            text("GROUP", "resourceGroup"),
            text("INSTANCE", "instance"),
            text("RECOVERY POINT", "recoveryPoint"),
            text("REPAIRED", "repaired"),
            text("DETAIL", "detail"));

    private final Terminal terminal;

    private VaultCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    /// These commands, and those with a class of their own.
    public static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new VaultCommands(terminal))
                .addSubcommand(new TestPlanCommands(terminal))
                .addSubcommand(new TestReportCommand(terminal));
    }

    @Command(name = "create", description = "Makes a vault.")
    int create(
            @Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name, @Mixin VaultSettings settings)
            throws CommandFailed {
        Answer answer = options.connect(terminal).put(path(name), settings.body());
        String verb = answer.created() ? "Made" : "There already is";
        return new Reply(terminal, options).sentence(answer.body(), verb + " vault " + name + ".");
    }

    @Command(name = "change", description = "Changes whether and how a vault's instances can be deleted.")
    int change(
            @Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name, @Mixin VaultSettings settings)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        server.get(path(name));
        JsonNode changed = server.put(path(name), settings.body()).body();
        return new Reply(terminal, options)
                .sentence(
                        changed,
                        "Soft delete of vault %s is %s, with %s days; its immutability is %s."
                                .formatted(
                                        name,
                                        Json.text(changed, "softDelete/state"),
                                        Json.text(changed, "softDelete/retentionDays"),
                                        Json.text(changed, "immutability")));
    }

    @Command(
            name = "reconcile",
            description = "Compares what the server knows of a vault's recovery points with the datastores, finishes"
                    + " removals and lists what else does not fit.")
    int reconcile(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        JsonNode report = options.connect(terminal)
                .post(ApiPath.of("backup-vaults", name, "reconcile"), Json.object())
                .body();
        Reply reply = new Reply(terminal, options);
        if (options.json()) return reply.sentence(report, "");
        ObjectNode findings = Json.object();
        findings.set("items", report.path("findings"));
        return reply.list(
                findings,
                "Everything fits: " + Json.text(report, "recordsChecked") + " records were checked.",
                FINDINGS);
    }

    @Command(name = "list", description = "Lists vaults.")
    int list(@Mixin ServerOptions options, @Mixin ListOptions page, @Mixin AsOfOption asOf) throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), asOf.in(ApiPath.of("backup-vaults"))),
                        "No vaults yet. Make one with: diskvault vault create NAME",
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows a vault.")
    int show(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name, @Mixin AsOfOption asOf)
            throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(asOf.in(path(name))).body(), COLUMNS);
    }

    @Command(name = "delete", description = "Deletes a vault that protects nothing.")
    int delete(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        options.connect(terminal).delete(path(name));
        return new Reply(terminal, options).deleted("vault", name);
    }

    private static ApiPath path(String name) {
        return ApiPath.of("backup-vaults", name);
    }
}
