package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.bytes;
import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.Answer;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.FormatOption;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Disks: what can be protected, and what restores make.
@Command(name = "disk", description = "Disks that the server knows, each in a resource group.")
public final class DiskCommands {
    private static final List<Column> COLUMNS = List.of(
            new Column("DISK", disk -> Json.text(disk, "resourceGroup") + "/" + Json.text(disk, "name")),
            text("SOURCE", "source"),
            text("TYPE", "type"),
            text("FORMAT", "format"),
            bytes("SIZE", "sizeBytes"));

    private final Terminal terminal;

    public DiskCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "add", description = "Registers a disk image or block device of a resource group.")
    int add(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "GROUP/NAME", converter = QualifiedName.Converter.class) QualifiedName disk,
            @Option(
                            names = "--source",
                            required = true,
                            paramLabel = "URI",
                            description = "Where its bytes are, below the group's directory: file:web-1.img")
                    String source,
            @Option(names = "--type", paramLabel = "TYPE", description = "The disk's type, for example StandardHdd.")
                    Optional<String> type,
            @Mixin FormatOption format)
            throws CommandFailed {
        ObjectNode body = Json.object().put("source", source);
        type.ifPresent(given -> body.put("type", given));
        format.given().ifPresent(given -> body.put("format", given.text()));
        Answer answer = options.connect(terminal).put(path(disk), body);
        String verb = answer.created() ? "Added" : "There already is";
        return new Reply(terminal, options).sentence(answer.body(), verb + " disk " + disk + ".");
    }

    @Command(name = "list", description = "Lists disks, of one resource group or of all.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Option(names = "--group", paramLabel = "GROUP", description = "Only this resource group.")
                    Optional<String> group,
            @ArgGroup @Nullable Protection protection)
            throws CommandFailed {
        ApiPath path = group.map(name -> ApiPath.of("resource-groups", name, "disks"))
                .orElse(ApiPath.of("disks"))
                .with("protected", Optional.ofNullable(protection).map(Protection::text));
        return new Reply(terminal, options)
                .list(
                        page.of(options.connect(terminal), path),
                        "No disks yet. Add one with: diskvault disk add GROUP/NAME --source file:NAME.img",
                        COLUMNS);
    }

    @Command(name = "show", description = "Shows a disk.")
    int show(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "GROUP/NAME", converter = QualifiedName.Converter.class) QualifiedName disk)
            throws CommandFailed {
        return new Reply(terminal, options)
                .details(options.connect(terminal).get(path(disk)).body(), COLUMNS);
    }

    @Command(name = "remove", description = "Forgets a disk that is not protected. Its file stays where it is.")
    int remove(
            @Mixin ServerOptions options,
            @Parameters(paramLabel = "GROUP/NAME", converter = QualifiedName.Converter.class) QualifiedName disk)
            throws CommandFailed {
        options.connect(terminal).delete(path(disk));
        return new Reply(terminal, options).deleted("disk", disk.toString());
    }

    /// Only disks that are protected, or only those that are not.
    static final class Protection {
        @Option(names = "--protected", description = "Only disks that an instance protects.")
        private boolean wanted;

        @Option(names = "--unprotected", description = "Only disks that no instance protects.")
        private boolean unwanted;

        String text() {
            return String.valueOf(wanted && !unwanted);
        }
    }

    private static ApiPath path(QualifiedName disk) {
        return ApiPath.of("resource-groups", disk.scope(), "disks", disk.name());
    }
}
