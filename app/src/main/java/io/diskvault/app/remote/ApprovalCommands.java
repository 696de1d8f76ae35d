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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Approval requests: what somebody wanted to do and could not alone.
@Command(
        name = "approval",
        description = "Approval requests: what somebody wanted to do and could not alone. They are made by trying.")
public final class ApprovalCommands {
    private static final List<Column> COLUMNS = List.of(
            text("ID", "id"),
            text("STATUS", "status"),
            text("REQUESTER", "requester"),
            text("OPERATION", "operation"),
            text("RESOURCE", "resource"),
            text("EXPIRES", "expiresAt"),
            text("DETAIL", "detail"));

    private static final List<Column> DETAILS = List.of(
            text("ID", "id"),
            text("STATUS", "status"),
            text("GUARD", "guard"),
            text("OPERATION", "operation"),
            text("RESOURCE", "resource"),
            text("DETAIL", "detail"),
            text("REQUESTER", "requester"),
            text("REQUESTED", "requestedTime"),
            text("EXPIRES", "expiresAt"),
            text("DECIDED BY", "approver"),
            text("DECIDED", "decidedTime"),
            text("USABLE UNTIL", "usableUntil"),
            text("USED", "usedTime"));

    private final Terminal terminal;

    public ApprovalCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "list", description = "Lists requests: yours, and those at guards that you may see.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Option(
                            names = "--status",
                            paramLabel = "STATUS",
                            description = "Requested, Approved, Denied, Cancelled, Used or Expired.")
                    Optional<String> status)
            throws CommandFailed {
        ApiPath path = ApiPath.of("approval-requests").with("status", status);
        return new Reply(terminal, options)
                .list(page.of(options.connect(terminal), path), "No approval requests.", COLUMNS);
    }

    @Command(name = "show", description = "Shows a request.")
    int show(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        return new Reply(terminal, options)
                .details(
                        options.connect(terminal)
                                .get(ApiPath.of("approval-requests", id))
                                .body(),
                        DETAILS);
    }

    @Command(name = "approve", description = "Lets the requester do it, once, in the next hours.")
    int approve(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        JsonNode approved = decided(options, id, "approve");
        return new Reply(terminal, options)
                .sentence(
                        approved,
                        "%s may do this once until %s: %s, %s."
                                .formatted(
                                        Json.text(approved, "requester"),
                                        Json.text(approved, "usableUntil"),
                                        Json.text(approved, "resource"),
                                        Json.text(approved, "detail")));
    }

    @Command(name = "deny", description = "Refuses a request, or takes an approval back that was not used yet.")
    int deny(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        return new Reply(terminal, options).sentence(decided(options, id, "deny"), "Denied " + id + ".");
    }

    @Command(name = "cancel", description = "Takes your own request back.")
    int cancel(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        return new Reply(terminal, options).sentence(decided(options, id, "cancel"), "Cancelled " + id + ".");
    }

    private JsonNode decided(ServerOptions options, String id, String verb) throws CommandFailed {
        return options.connect(terminal)
                .post(ApiPath.of("approval-requests", id, verb), Json.object())
                .body();
    }
}
