package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.bytes;
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
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Exports: recovery points served as disks at once, without being restored first.
@Command(
        name = "export",
        description = "Exports: recovery points served as disks at once, without being restored first.")
final class ExportCommands {
    private static final String EXPORTS = "exports";

    private static final List<Column> COLUMNS = List.of(
            text("ID", "id"),
            text("VAULT", "vault"),
            text("INSTANCE", "instance"),
            text("RECOVERY POINT", "recoveryPoint"),
            text("STATE", "state"),
            text("WRITABLE", "writable"),
            text("MADE BY", "createdBy"),
            text("CONNECTIONS", "connections"),
            text("LAST USED", "lastUsedTime"),
            text("TIMES OUT", "timesOutTime"),
            text("ADDRESS", "uri"));

    private static final List<Column> DETAILS = Stream.concat(
                    COLUMNS.stream(),
                    Stream.of(
                            text("MADE", "createdTime"),
                            text("IDLE TIMEOUT", "idleTimeout"),
                            bytes("READ", "bytesRead"),
                            bytes("WRITTEN", "bytesWritten"),
                            bytes("CHANGED", "changedBytes"),
                            text("KEPT BY JOB", "keepJob"),
                            text("ENDED", "endedTime"),
                            text("WHY", "endReason"),
                            text("ENDED BY", "endedBy")))
            .toList();

    private final Terminal terminal;

    ExportCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "create",
            description =
                    "Serves a recovery point as a disk over NBD, on the server's machine, and prints its" + " address.")
    int create(
            @Mixin ServerOptions options,
            @Mixin PointArguments point,
            @Option(
                            names = "--idle",
                            paramLabel = "DURATION",
                            converter = TimeSpan.Converter.class,
                            description = "It ends when nobody was connected for so long: 2h, 1d, PT30M. Without it,"
                                    + " an hour.")
                    Optional<TimeSpan> idle,
            @Option(
                            names = "--writable",
                            description = "Can be written to. The recovery point stays as it is; what is written is"
                                    + " kept or thrown away when the export ends.")
                    boolean writable,
            @Option(
                            names = "--tcp",
                            description = "Also on the port of 127.0.0.1 where links are, under a secret: for"
                                    + " programs of other users than the server's.")
                    boolean tcp)
            throws CommandFailed {
        ObjectNode body = Json.object().put("recoveryPoint", point.point());
        idle.ifPresent(wanted -> body.put("idleTimeout", wanted.iso()));
        if (writable) {
            body.put("writable", true);
        }
        if (tcp) {
            body.put("transport", "tcp");
        }
        JsonNode made = options.connect(terminal)
                .post(InstanceCommands.path(point.instance(), EXPORTS), body)
                .body();
        if (!options.json()) {
            terminal.note("Export " + Json.text(made, "id") + " of recovery point " + Json.text(made, "recoveryPoint")
                    + "; it ends when nobody was connected for " + Json.text(made, "idleTimeout") + "."
                    + (tcp ? " The address is shown only now; the server keeps a hash." : ""));
            // Not with the address: standard error ends up in logs that others read.
            terminal.note("To look at it: nbdinfo ADDRESS. To copy it: nbdcopy ADDRESS "
                    + point.instance().name()
                    + ".img. To end it: diskvault point export end " + Json.text(made, "id"));
        }
        return new Reply(terminal, options).sentence(made, Json.text(made, tcp ? "tcpUri" : "uri"));
    }

    @Command(name = "list", description = "Lists exports, newest first.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Option(names = "--vault", paramLabel = "VAULT") Optional<String> vault,
            @Option(names = "--instance", paramLabel = "INSTANCE") Optional<String> instance,
            @Option(names = "--ended", description = "Also those that have ended.") boolean ended)
            throws CommandFailed {
        ApiPath path = ApiPath.of(EXPORTS)
                .with("vault", vault)
                .with("instance", instance)
                .with("state", ended ? Optional.of("all") : Optional.empty());
        return new Reply(terminal, options).list(page.of(options.connect(terminal), path), "No exports.", COLUMNS);
    }

    @Command(name = "show", description = "Shows an export, who uses it, and why it ended.")
    int show(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(ApiPath.of(EXPORTS, id)).body(), DETAILS);
    }

    @Command(name = "end", description = "Ends an export at once, with the connections to it.")
    int end(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--discard",
                            description = "Throw away what was written to it. Without this, an export with changes"
                                    + " goes on.")
                    boolean discard)
            throws CommandFailed {
        ApiPath path = ApiPath.of(EXPORTS, id).with("changes", discard ? Optional.of("discard") : Optional.empty());
        options.connect(terminal).delete(path);
        return new Reply(terminal, options)
                .sentence(Json.object().put("ended", true).put("id", id), "Export " + id + " has ended.");
    }

    @Command(
            name = "keep",
            description = "Makes what was written to an export a recovery point of its instance, and ends the export.")
    int keep(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--tag",
                            paramLabel = "TAG",
                            description = "The rule of its policy that keeps it: Default, Daily, Weekly, Monthly or"
                                    + " Yearly; Default if not given.")
                    Optional<String> tag,
            @Option(names = "--no-wait", description = "Only start it, and print the job.") boolean noWait)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ObjectNode body = Json.object();
        tag.ifPresent(chosen -> body.put("retentionTag", chosen));
        JsonNode job = server.post(ApiPath.of(EXPORTS, id, "keep"), body).body();
        String jobId = Json.text(job, "id");
        if (noWait) return new Reply(terminal, options).sentence(job, "Job " + jobId + " keeps the export " + id + ".");
        JsonNode ended;
        try (WaitingNotice _ = new WaitingNotice(terminal, jobId)) {
            ended = new JobWatch(server, terminal).untilEnd(jobId, "Keeping the export " + id);
        }
        return new JobReply(terminal, options)
                .ended(
                        ended,
                        "Kept the export " + id + " as recovery point " + Json.text(ended, "recoveryPoint")
                                + "; it has ended.");
    }
}
