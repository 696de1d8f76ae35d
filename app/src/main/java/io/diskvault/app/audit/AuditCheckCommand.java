package io.diskvault.app.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.JsonOption;
import io.diskvault.app.console.Table;
import io.diskvault.app.console.Terminal;
import io.diskvault.audit.AuditReport;
import io.diskvault.audit.Finding;
import io.diskvault.audit.OfflineAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says whether an export of the history is what was signed.
@Command(
        name = "check",
        description = "Compares an export of the whole history with its chain of hashes and with signed checkpoints,"
                + " without the server. Ends with 1 when something was changed, removed, added, reordered or cut off.")
public final class AuditCheckCommand implements Callable<Integer> {
    private static final String LINES = ".jsonl";

    private final Terminal terminal;

    @Mixin
    private JsonOption json = new JsonOption();

    @Parameters(
            paramLabel = "EXPORT",
            arity = "1..*",
            description =
                    "What 'audit export' printed: a file, several that follow each other, or a directory of *.jsonl"
                            + " files, taken in the order of their names.")
    private List<Path> exports = List.of();

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            required = true,
            description = "The key whose signatures count, as 'audit key' printed it when the server was still trusted."
                    + " Several times for several keys.")
    private List<Path> keys = List.of();

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            required = true,
            description = "A datastore, or a copy of its directory 'audit'. Several times for several of them.")
    private List<Path> checkpoints = List.of();

    public AuditCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailed {
        AuditReport report;
        try {
            report = OfflineAudit.check(files(), publicKeys(), checkpoints);
        } catch (IOException unreadable) {
            throw new CommandFailed("FileUnreadable", "A file cannot be read: " + unreadable + ".");
        }
        if (json.asked()) {
            terminal.print(jsonOf(report));
        } else {
            say(report);
        }
        return report.intact() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path export : exports) {
            files.addAll(Files.isDirectory(export) ? linesIn(export) : List.of(export));
        }
        return files;
    }

    private static List<Path> linesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(LINES))
                    .sorted()
                    .toList();
        }
    }

    private List<PublicKey> publicKeys() throws IOException, CommandFailed {
        List<PublicKey> parsed = new ArrayList<>();
        for (Path key : keys) {
            try {
                parsed.add(OfflineAudit.parseKey(Files.readString(key)));
            } catch (GeneralSecurityException malformed) {
                throw new CommandFailed(
                        "NoPublicKey",
                        "%s is no public key of the history: %s.".formatted(key, malformed.getMessage()),
                        "Take what 'diskvault audit key' printed.");
            }
        }
        return parsed;
    }

    private void say(AuditReport report) {
        terminal.say("%d events were compared with their chain; %d of them are signed%s."
                .formatted(
                        report.events(),
                        report.signedEvents(),
                        report.signedTime() == null ? "" : ", the last time at " + report.signedTime()));
        Table table = new Table("FINDING", "INDEX>", "STREAM", "NUMBER>", "DETAIL");
        for (Finding finding : report.findings()) {
            table.add(
                    finding.kind().text(),
                    text(finding.globalIndex()),
                    text(finding.stream()),
                    text(finding.sequenceNumber()),
                    finding.message());
        }
        table.printTo(terminal, "Nothing was changed, removed, added, reordered or cut off.");
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static ObjectNode jsonOf(AuditReport report) {
        ObjectNode body = Json.object()
                .put("intact", report.intact())
                .put("events", report.events())
                .put("lastGlobalIndex", report.lastGlobalIndex())
                .put("hash", report.hash())
                .put("late", report.late())
                .put("checkpoints", report.checkpoints())
                .put("signedEvents", report.signedEvents())
                .put("signedTime", report.signedTime() == null ? null : text(report.signedTime()))
                .put("findingCount", report.findingCount());
        ArrayNode findings = body.putArray("findings");
        for (Finding finding : report.findings()) {
            findings.addObject()
                    .put("kind", finding.kind().text())
                    .put("position", finding.position())
                    .put("globalIndex", finding.globalIndex())
                    .put("stream", finding.stream())
                    .put("sequenceNumber", finding.sequenceNumber())
                    .put("message", finding.message());
        }
        return body;
    }
}
