package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Tokens: what requests to the server are made with.
@Command(name = "token", description = "Tokens: what requests to the server are made with.")
public final class TokenCommands {
    private static final List<Column> COLUMNS = List.of(
            text("ID", "id"),
            text("NAME", "name"),
            text("PRINCIPAL", "principal"),
            text("CREATED", "createdTime"),
            text("LAST USED", "lastUsedTime"),
            text("EXPIRES", "expiresAt"));

    private final Terminal terminal;

    public TokenCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "create", description = "Makes a token and prints it, this once.")
    int create(
            @Mixin ServerOptions options,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "What it is for.")
                    String name,
            @Option(
                            names = "--principal",
                            paramLabel = "PRINCIPAL",
                            description = "Who acts when it is used. Without it, the token's name.")
                    Optional<String> principal,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "A role to give to the principal as well, with --scope: \"Backup Operator\".")
                    Optional<String> role,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description = "Where: server, vault:NAME, group:NAME, disk:GROUP/NAME or guard:NAME.")
                    Optional<String> scope,
            @Option(
                            names = "--expires",
                            paramLabel = "DURATION",
                            converter = RetentionDuration.Converter.class,
                            description = "How long it is valid: 30d, P30D. Without it, until it is revoked.")
                    Optional<RetentionDuration> expires)
            throws CommandFailed {
        ObjectNode body = Json.object().put("name", name);
        principal.ifPresent(who -> body.put("principal", who));
        role.ifPresent(what -> body.put("role", what));
        scope.ifPresent(where -> body.put("scope", where));
        expires.ifPresent(duration -> body.put(
                "expiresAt",
                duration.after(Instant.now()).truncatedTo(ChronoUnit.SECONDS).toString()));
        JsonNode made =
                options.connect(terminal).post(ApiPath.of("tokens"), body).body();
        if (!options.json())
            terminal.note("Token " + Json.text(made, "id") + ". It is shown only now; the server keeps a hash.");
        return new Reply(terminal, options).sentence(made, Json.text(made, "token"));
    }

    @Command(name = "list", description = "Lists tokens, without their secrets.")
    int list(@Mixin ServerOptions options, @Mixin ListOptions page) throws CommandFailed {
        return new Reply(terminal, options)
                .list(page.of(options.connect(terminal), ApiPath.of("tokens")), "No tokens.", COLUMNS);
    }

    @Command(name = "revoke", description = "Makes a token worthless from now on.")
    int revoke(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        options.connect(terminal).delete(ApiPath.of("tokens", id));
        return new Reply(terminal, options).deleted("token", id);
    }
}
