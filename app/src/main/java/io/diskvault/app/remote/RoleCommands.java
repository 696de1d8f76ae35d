package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Roles: who may do what, and where.
@Command(name = "role", description = "Roles: who may do what, and where.")
public final class RoleCommands {
    private static final List<Column> COLUMNS = List.of(
            text("ID", "id"),
            text("PRINCIPAL", "principal"),
            text("ROLE", "role"),
            text("SCOPE", "scope"),
            text("SINCE", "createdTime"));

    private final Terminal terminal;

    public RoleCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "assign", description = "Gives a role to a person, a program or a vault.")
    int assign(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "PRINCIPAL", description = "A name, oidc:NAME, or vault:NAME.") String principal,
            @Parameters(paramLabel = "ROLE", description = "As in \"Backup Operator\".") String role,
            @Parameters(
                            paramLabel = "SCOPE",
                            description = "server, vault:NAME, group:NAME, disk:GROUP/NAME or guard:NAME.")
                    String scope)
            throws CommandFailed {
        ObjectNode body =
                Json.object().put("principal", principal).put("role", role).put("scope", scope);
        JsonNode assigned = options.connect(terminal)
                .post(ApiPath.of("role-assignments"), body)
                .body();
        return new Reply(terminal, options)
                .sentence(assigned, Json.text(assigned, "principal") + " is " + role + " at " + scope + ".");
    }

    @Command(name = "list", description = "Lists who has which role, as far as you may see it.")
    int list(@Mixin ServerOptions options, @Mixin ListOptions page) throws CommandFailed {
        return new Reply(terminal, options)
                .list(page.of(options.connect(terminal), ApiPath.of("role-assignments")), "No roles.", COLUMNS);
    }

    @Command(name = "revoke", description = "Takes a role away, from the next request on.")
    int revoke(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        options.connect(terminal).delete(ApiPath.of("role-assignments", id));
        return new Reply(terminal, options).deleted("role assignment", id);
    }
}
