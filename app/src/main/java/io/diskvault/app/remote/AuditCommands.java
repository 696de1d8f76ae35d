package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The history: whether anybody rewrote it, and all of it.
@Command(name = "audit", description = "The history: who did what, and whether anybody rewrote it.")
public final class AuditCommands {
    private static final List<Column> FINDINGS = List.of(
            text("FINDING", "kind"),
            text("INDEX>", "globalIndex"),
            text("STREAM", "stream"),
            text("NUMBER>", "sequenceNumber"),
            text("DETAIL", "message"));

    /// As many as a request may carry; the newest ones cover what the older ones do.
    private static final int CHECKPOINTS_MAX = 1000;

    private final Terminal terminal;

    public AuditCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "verify",
            description =
                    "Compares all events with their chain of hashes and with the signed checkpoints. Ends with 1 when"
                            + " something was changed, removed, added, reordered or cut off, and says where.")
    int verify(
            @Mixin ServerOptions options,
            @Option(
                            names = "--public-key",
                            paramLabel = "FILE",
                            description =
                                    "A copy of the key whose signatures count; else the server's own. Several times"
                                            + " for several keys.")
                    @Nullable
                    List<Path> keys,
            @Option(
                            names = "--checkpoints",
                            paramLabel = "DIR",
                            description = "Copies of checkpoints, to be compared beside those in the datastores.")
                    @Nullable
                    List<Path> directories)
            throws CommandFailed {
        ObjectNode request = Json.object();
        ArrayNode pems = request.putArray("publicKeys");
        for (Path key : orEmpty(keys)) pems.add(read(key));
        ArrayNode checkpoints = request.putArray("checkpoints");
        for (Path directory : orEmpty(directories)) {
            for (Path file : checkpointsIn(directory)) checkpoints.add(read(file));
        }
        JsonNode report = options.connect(terminal)
                .postPatiently(ApiPath.of("audit", "verification"), request)
                .body();
        show(options, report);
        return report.path("intact").asBoolean() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void show(ServerOptions options, JsonNode report) {
        Reply reply = new Reply(terminal, options);
        if (options.json()) {
            reply.sentence(report, "");
            return;
        }
        ObjectNode findings = Json.object();
        findings.set("items", report.path("findings"));
        String signed = Json.text(report, "signedTime");
        terminal.say("%s events were compared with their chain; %s of them are signed%s."
                .formatted(
                        Json.text(report, "events"),
                        Json.text(report, "signedEvents"),
                        signed.isEmpty() ? "" : ", the last time at " + signed));
        reply.list(findings, "Nothing was changed, removed, added, reordered or cut off.", FINDINGS);
    }

    @Command(name = "export", description = "Prints all events, oldest first, as one JSON object on each line.")
    int export(
            @Mixin ServerOptions options,
            @Option(names = "--from", paramLabel = "INSTANT", description = "Not older than this.")
                    Optional<String> from,
            @Option(names = "--to", paramLabel = "INSTANT", description = "Older than this.") Optional<String> to)
            throws CommandFailed {
        ApiPath path = ApiPath.of("audit", "events").with("from", from).with("to", to);
        options.connect(terminal).download(path, terminal.out());
        return ExitCode.OK;
    }

    @Command(name = "key", description = "Prints the public key of the checkpoints. Keep a copy elsewhere.")
    int key(@Mixin ServerOptions options) throws CommandFailed {
        JsonNode key =
                options.connect(terminal).get(ApiPath.of("audit", "public-key")).body();
        return new Reply(terminal, options)
                .sentence(key, Json.text(key, "publicKey").strip());
    }

    private static <T> List<T> orEmpty(@Nullable List<T> given) {
        return given == null ? List.of() : given;
    }

    private static List<Path> checkpointsIn(Path directory) throws CommandFailed {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".checkpoint"))
                    .sorted()
                    .toList();
            return all.subList(Math.max(0, all.size() - CHECKPOINTS_MAX), all.size());
        } catch (IOException failure) {
            throw new CommandFailed("CheckpointsUnreadable", directory + " cannot be read: " + failure + ".");
        }
    }

    private static String read(Path file) throws CommandFailed {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new CommandFailed("FileUnreadable", file + " cannot be read: " + failure + ".");
        }
    }
}
