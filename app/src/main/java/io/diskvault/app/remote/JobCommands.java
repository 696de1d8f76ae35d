package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.bytes;
import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.JobWatch;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.client.WaitingNotice;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Jobs: one run of one operation each.
@Command(name = "job", description = "Jobs: one run of one operation each.")
public final class JobCommands {
    private static final List<Column> COLUMNS = List.of(
            text("JOB", "id"),
            text("OPERATION", "operation"),
            new Column("INSTANCE", job -> Json.text(job, "vault") + "/" + Json.text(job, "instance")),
            text("STATUS", "status"),
            new Column("DONE>", JobCommands::percent),
            text("STARTED", "startTime"),
            text("ENDED", "endTime"));
    private static final List<Column> DETAILS = Stream.concat(
                    COLUMNS.stream(),
                    Stream.of(
                            text("QUEUED", "queuedTime"),
                            text("ATTEMPT", "attempt"),
                            text("STARTS AGAIN", "notBefore"),
                            text("RECOVERY POINT", "recoveryPoint"),
                            new Column("TARGET", JobCommands::target),
                            bytes("WRITTEN", "restored/writtenBytes"),
                            bytes("RIGHT ALREADY", "restored/keptBytes"),
                            bytes("DAMAGED", "restored/damagedBytes"),
                            new Column("WARNINGS", JobCommands::warnings),
                            text("ERROR", "error/code"),
                            text("MESSAGE", "error/message"),
                            text("WHAT TO DO", "error/recommendedAction")))
            .toList();

    private static final List<Column> HISTORY = List.of(
            text("TIME", "time"), text("EVENT", "event"), text("BY", "principal"), text("WHAT HAPPENED", "message"));

    private final Terminal terminal;

    public JobCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "Lists jobs, newest first.")
    int list(@Mixin ServerOptions options, @Mixin ListOptions page, @Mixin JobFilter filter, @Mixin AsOfOption asOf)
            throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), asOf.in(filter.applyTo(ApiPath.of("backup-jobs")))),
                        "No such jobs.",
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows a job.")
    int show(@Mixin ServerOptions options, @Mixin AsOfOption asOf, @Parameters(paramLabel = "ID") String id)
            throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(asOf.in(path(id))).body(), DETAILS);
    }

    @Command(name = "history", description = "Says what happened to a job, newest first.")
    int history(@Mixin ServerOptions options, @Mixin ListOptions page, @Parameters(paramLabel = "ID") String id)
            throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), ApiPath.of("backup-jobs", id, "history")),
                        "Nothing has happened to it.",
                        HISTORY);
    }

    @Command(name = "cancel", description = "Asks a job to stop. It ends as Cancelled as soon as it can.")
    int cancel(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        JsonNode job = options.connect(terminal)
                .post(ApiPath.of("backup-jobs", id, "cancel"), Json.object())
                .body();
        return new Reply(terminal, options).sentence(job, "Job " + id + " is being cancelled.");
    }

    @Command(
            name = "wait",
            description = "Waits until a job has ended. Exit status 0 if it completed, 1 if it failed or was cancelled,"
                    + " or if it runs still after the time that --timeout gives it.")
    int waitFor(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--timeout",
                            paramLabel = "TIME",
                            converter = TimeSpan.Converter.class,
                            description =
                                    "How long to wait: 2h, 1d or PT90S. For ever if absent; the job goes on after it.")
                    Optional<TimeSpan> timeout)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        JsonNode ended;
        try (WaitingNotice _ = new WaitingNotice(terminal, id)) {
            ended = new JobWatch(server, terminal).untilEnd(id, "Job " + id, timeout.map(TimeSpan::length));
        }
        return new JobReply(terminal, options)
                .ended(ended, "Job " + id + " ended as " + Json.text(ended, "status") + ".");
    }

    private static String warnings(JsonNode job) {
        return StreamSupport.stream(job.path("warnings").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
    }

    private static String target(JsonNode job) {
        return job.path("target").isObject()
                ? Json.text(job, "target/resourceGroup") + "/" + Json.text(job, "target/diskName")
                        + (job.at("/target/overwrite").asBoolean() ? ", in place" : "")
                : "";
    }

    private static String percent(JsonNode job) {
        JsonNode percent = job.at("/progress/percent");
        return percent.isNumber() ? String.format(Locale.ROOT, "%.1f %%", percent.asDouble()) : "";
    }

    private static ApiPath path(String id) {
        return ApiPath.of("backup-jobs", id);
    }

    /// Which jobs are wanted.
    public static final class JobFilter {
        @Option(names = "--vault", paramLabel = "VAULT")
        private Optional<String> vault = Optional.empty();

        @Option(names = "--instance", paramLabel = "INSTANCE")
        private Optional<String> instance = Optional.empty();

        @Option(names = "--operation", paramLabel = "OPERATION", description = "Backup, Restore or RestoreTest.")
        private Optional<String> operation = Optional.empty();

        @Option(
                names = "--status",
                paramLabel = "STATUS",
                description = "Queued, InProgress, Completed, CompletedWithWarnings, Failed, Cancelling or Cancelled.")
        private Optional<String> status = Optional.empty();

        @Option(names = "--from", paramLabel = "INSTANT", description = "Not older than this.")
        private Optional<String> from = Optional.empty();

        @Option(names = "--to", paramLabel = "INSTANT", description = "Not newer than this.")
        private Optional<String> to = Optional.empty();

        ApiPath applyTo(ApiPath path) {
            return path.with("vault", vault)
                    .with("instance", instance)
                    .with("operation", operation)
                    .with("status", status)
                    .with("from", from)
                    .with("to", to);
        }
    }
}
