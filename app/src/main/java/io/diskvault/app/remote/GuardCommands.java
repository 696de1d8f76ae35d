package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.Answer;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Resource guards: what takes a second person.
@Command(name = "guard", description = "Resource guards: what takes the approval of a second person.")
public final class GuardCommands {
    private static final List<Column> COLUMNS = List.of(
            text("NAME", "name"),
            new Column("VAULTS", guard -> joined(guard.path("vaults"))),
            text("CREATED", "createdTime"),
            new Column("OPERATIONS", guard -> joined(guard.path("operations"))));

    private final Terminal terminal;

    public GuardCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What can be chosen.
    public static final class Operations {
        @Option(
                names = "--operations",
                split = ",",
                paramLabel = "NAME",
                description = "What takes an approval, with commas between: ReduceSoftDelete, ReduceImmutability,"
                        + " StopProtection, SuspendBackups, DeleteData, WeakenPolicy, ReleaseLegalHold. Without it, all."
                        + " RemoveGuard and ChangeApprovers always do.")
        private List<String> names = List.of();

        ObjectNode body() {
            ObjectNode body = Json.object();
            if (!names.isEmpty()) {
                ArrayNode chosen = body.putArray("operations");
                names.forEach(chosen::add);
            }
            return body;
        }
    }

    @Command(name = "create", description = "Makes a guard. It protects nothing until a vault is linked with it.")
    int create(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name, @Mixin Operations operations)
            throws CommandFailed {
        Answer answer = options.connect(terminal).put(path(name), operations.body());
        String verb = answer.created() ? "Made" : "There already was";
        return new Reply(terminal, options).sentence(answer.body(), verb + " guard " + name + ".");
    }

    @Command(name = "change", description = "Chooses what takes an approval; less than now takes one itself.")
    int change(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name, @Mixin Operations operations)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        server.get(path(name));
        JsonNode changed = server.put(path(name), operations.body()).body();
        return new Reply(terminal, options)
                .sentence(changed, "Guard %s protects %s.".formatted(name, joined(changed.path("operations"))));
    }

    @Command(name = "list", description = "Lists guards.")
    int list(@Mixin ServerOptions options, @Mixin ListOptions page) throws CommandFailed {
        return new Reply(terminal, options)
                .list(page.of(options.connect(terminal), ApiPath.of("resource-guards")), "No guards.", COLUMNS);
    }

    @Command(name = "show", description = "Shows a guard.")
    int show(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(path(name)).body(), COLUMNS);
    }

    @Command(name = "delete", description = "Deletes a guard that no vault is linked with.")
    int delete(@Mixin ServerOptions options, @Parameters(paramLabel = "NAME") String name) throws CommandFailed {
        options.connect(terminal).delete(path(name));
        return new Reply(terminal, options).deleted("guard", name);
    }

    @Command(name = "link", description = "Puts a guard on a vault; in place of another it takes that one's approval.")
    int link(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "VAULT") String vault)
            throws CommandFailed {
        JsonNode linked = options.connect(terminal)
                .put(linkOf(vault), Json.object().put("guard", name))
                .body();
        return new Reply(terminal, options).sentence(linked, "Guard " + name + " protects vault " + vault + ".");
    }

    @Command(name = "unlink", description = "Takes the guard off a vault; that takes an approval.")
    int unlink(@Mixin ServerOptions options, @Parameters(paramLabel = "VAULT") String vault) throws CommandFailed {
        options.connect(terminal).delete(linkOf(vault));
        return new Reply(terminal, options).deleted("guard of vault", vault);
    }

    private static String joined(JsonNode names) {
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static ApiPath path(String name) {
        return ApiPath.of("resource-guards", name);
    }

    private static ApiPath linkOf(String vault) {
        return ApiPath.of("backup-vaults", vault, "resource-guard");
    }
}
