package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
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

/// Alerts: what the server wants somebody to look at.
@Command(name = "alert", description = "Alerts: what the server wants somebody to look at.")
public final class AlertCommands {
    static final List<Column> COLUMNS = List.of(
            text("ALERT", "id"),
            text("SEVERITY", "severity"),
            text("KIND", "kind"),
            text("STATE", "state"),
            new Column("WHERE", AlertCommands::where),
            text("TIMES>", "count"),
            text("LAST", "lastTime"),
            text("MESSAGE", "message"));
    private static final List<Column> DETAILS = Stream.concat(
                    COLUMNS.stream(),
                    Stream.of(
                            text("WHAT TO DO", "recommendedAction"),
                            text("FIRST", "firstTime"),
                            text("JOB", "job"),
                            text("ACKNOWLEDGED BY", "acknowledgedBy"),
                            text("ACKNOWLEDGED", "acknowledgedTime"),
                            text("CLOSED BY", "closedBy"),
                            text("CLOSED", "closedTime")))
            .toList();

    private final Terminal terminal;

    public AlertCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "Lists alerts, newest first.")
    int list(@Mixin ServerOptions options, @Mixin ListOptions page, @Mixin Filter filter) throws CommandFailed {
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), filter.applyTo(ApiPath.of("alerts"))),
                        "No such alerts.",
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows an alert.")
    int show(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(ApiPath.of("alerts", id)).body(), DETAILS);
    }

    @Command(name = "acknowledge", description = "Says that somebody looks after an alert.")
    int acknowledge(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        return order(options, id, "acknowledge", "Acknowledged alert ");
    }

    @Command(name = "close", description = "Closes an alert. It comes back if its cause does.")
    int close(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        return order(options, id, "close", "Closed alert ");
    }

    private int order(ServerOptions options, String id, String order, String done) throws CommandFailed {
        JsonNode alert = options.connect(terminal)
                .post(ApiPath.of("alerts", id, order), Json.object())
                .body();
        return new Reply(terminal, options).sentence(alert, done + id + ": " + Json.text(alert, "message"));
    }

    private static String where(JsonNode alert) {
        String vault = Json.text(alert, "vault");
        String instance = Json.text(alert, "instance");
        return vault.isEmpty()
                ? Json.text(alert, "resourceGroup")
                : instance.isEmpty() ? vault : vault + "/" + instance;
    }

    /// Which alerts are wanted.
    public static final class Filter {
        @Option(names = "--vault", paramLabel = "VAULT")
        private Optional<String> vault = Optional.empty();

        @Option(names = "--instance", paramLabel = "INSTANCE")
        private Optional<String> instance = Optional.empty();

        @Option(names = "--kind", paramLabel = "KIND", description = "For example BackupFailed.")
        private Optional<String> kind = Optional.empty();

        @Option(names = "--severity", paramLabel = "SEVERITY", description = "Critical, Warning or Information.")
        private Optional<String> severity = Optional.empty();

        @Option(names = "--state", paramLabel = "STATE", description = "New, Acknowledged or Closed.")
        private Optional<String> state = Optional.empty();

        ApiPath applyTo(ApiPath path) {
            return path.with("vault", vault)
                    .with("instance", instance)
                    .with("kind", kind)
                    .with("severity", severity)
                    .with("state", state);
        }
    }
}
