package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Links: for a time, whoever has one can read one recovery point.
@Command(name = "link", description = "Links: for a time, whoever has one can read one recovery point.")
final class LinkCommands {
    private static final String LINKS = "recovery-point-links";

    private static final List<Column> COLUMNS = List.of(
            text("ID", "id"),
            text("VAULT", "vault"),
            text("INSTANCE", "instance"),
            text("RECOVERY POINT", "recoveryPoint"),
            text("KIND", "kind"),
            text("FORMAT", "format"),
            text("STATE", "state"),
            text("MADE BY", "createdBy"),
            text("EXPIRES", "expiresAt"),
            text("LAST USED", "lastUsedTime"),
            text("FROM", "lastUsedFrom"));

    private final Terminal terminal;

    LinkCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "create", description = "Makes a link to a recovery point and prints it, this once.")
    int create(
            @Mixin ServerOptions options,
            @Mixin PointArguments point,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            description = "download (unless said otherwise), or nbd: attached as a disk, on the"
                                    + " server's machine.")
                    Optional<String> kind,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "raw (unless said otherwise), or vhd: with a footer, as Azure takes it.")
                    Optional<String> format,
            @Option(
                            names = "--for",
                            paramLabel = "DURATION",
                            converter = TimeSpan.Converter.class,
                            description = "How long it is valid: 2h, 1d, PT30M. Without it, an hour.")
                    Optional<TimeSpan> validity)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ObjectNode body = Json.object();
        kind.ifPresent(wanted -> body.put("kind", wanted));
        format.ifPresent(wanted -> body.put("format", wanted));
        validity.ifPresent(wanted -> body.put("validFor", wanted.iso()));
        JsonNode made = server.post(point.path(server, "links"), body).body();
        if (!options.json()) {
            String file = point.instance().name() + (Json.text(made, "format").equals("vhd") ? ".vhd" : ".img");
            terminal.note("Link " + Json.text(made, "id") + ", valid until " + Json.text(made, "expiresAt")
                    + ". It is shown only now; the server keeps a hash.");
            // Not with the address: standard error ends up in logs that others read.
            terminal.note(
                    Json.text(made, "kind").equals("nbd")
                            ? "To attach it: nbd-client, or any program that takes NBD addresses, like"
                                    + " qemu-img convert ADDRESS " + file
                            : "To download, and to go on with what was cut off: curl -C - -o " + file + " ADDRESS");
        }
        return new Reply(terminal, options).sentence(made, Json.text(made, "url"));
    }

    @Command(name = "list", description = "Lists links, without their secrets, newest first.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Option(names = "--vault", paramLabel = "VAULT") Optional<String> vault,
            @Option(names = "--instance", paramLabel = "INSTANCE") Optional<String> instance)
            throws CommandFailed {
        ApiPath path = ApiPath.of(LINKS).with("vault", vault).with("instance", instance);
        return new Reply(terminal, options).list(page.of(options.connect(terminal), path), "No links.", COLUMNS);
    }

    @Command(name = "revoke", description = "Makes a link worthless at once, and ends downloads that run by it.")
    int revoke(@Mixin ServerOptions options, @Parameters(paramLabel = "ID") String id) throws CommandFailed {
        options.connect(terminal).delete(ApiPath.of(LINKS, id));
        return new Reply(terminal, options)
                .sentence(
                        Json.object().put("revoked", true).put("id", id), "Link " + id + " is worthless from now on.");
    }
}
