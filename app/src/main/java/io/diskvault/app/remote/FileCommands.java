package io.diskvault.app.remote;

import static io.diskvault.app.remote.Column.bytes;
import static io.diskvault.app.remote.Column.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.client.ApiPath;
import io.diskvault.app.client.ServerOptions;
import io.diskvault.app.client.VaultServer;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Printable;
import io.diskvault.app.console.SavedFile;
import io.diskvault.app.console.SavedFileOptions;
import io.diskvault.app.console.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Files out of recovery points, without restoring them.
@Command(name = "files", description = "Lists and takes files out of a recovery point, without restoring it.")
final class FileCommands {
    private static final List<Column> VOLUMES = List.of(
            text("VOLUME", "number"),
            text("FILE SYSTEM", "fileSystem"),
            printable("LABEL", "label"),
            printable("PARTITION", "name"),
            bytes("SIZE", "sizeBytes"),
            printable("REMARK", "problem"));

    private static final List<Column> ENTRIES = List.of(
            text("TYPE", "type"),
            text("MODE", "mode"),
            bytes("SIZE", "sizeBytes"),
            text("MODIFIED", "modifiedTime"),
            printable("NAME", "name"),
            printable("LINK TO", "target"));

    private final Terminal terminal;

    FileCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Names from a disk could hold what moves the cursor of a terminal.
    private static Column printable(String heading, String path) {
        return new Column(heading, node -> Printable.of(Json.text(node, path)));
    }

    @Command(name = "volumes", description = "Lists the partitions, and which of them can be read.")
    int volumes(@Mixin ServerOptions options, @Mixin PointArguments point) throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ObjectNode list = server.list(point.path(server, "volumes"), false);
        int status = new Reply(terminal, options)
                .list(list, "There is no partition and no file system on this disk that is known here.", VOLUMES);
        list.path("items")
                .forEach(volume -> volume.path("notes")
                        .forEach(
                                note -> terminal.note("Volume " + Json.text(volume, "number") + ": " + note.asText())));
        return status;
    }

    @Command(name = "list", description = "Lists a folder.")
    int list(
            @Mixin ServerOptions options,
            @Mixin ListOptions page,
            @Mixin PointArguments point,
            @Parameters(
                            index = "2",
                            paramLabel = "PATH",
                            defaultValue = "/",
                            description = "The folder; / if not given.")
                    String folder,
            @Option(
                            names = "--volume",
                            paramLabel = "N",
                            description = "Which one; not needed if only one can be read.")
                    Optional<Integer> volume)
            throws CommandFailed {
        VaultServer server = options.connect(terminal);
        ApiPath path = point.path(server, "files").with("path", folder).with("volume", volume.map(String::valueOf));
        return new Reply(terminal, options).list(page.of(server, path), "The folder is empty.", ENTRIES);
    }

    @Command(name = "get", description = "Takes a file, or a folder with all that is in it as an archive.")
    int get(
            @Mixin ServerOptions options,
            @Mixin PointArguments point,
            @Parameters(index = "2", paramLabel = "PATH", description = "The file or folder.") String file,
            @Option(
                            names = "--volume",
                            paramLabel = "N",
                            description = "Which one; not needed if only one can be read.")
                    Optional<Integer> volume,
            @Mixin SavedFileOptions to)
            throws CommandFailed, IOException {
        VaultServer server = options.connect(terminal);
        ApiPath path = point.path(server, "file")
                .with("path", file)
                .with("volume", volume.map(String::valueOf))
                .with("format", to.format());
        SavedFile saved = to.file(terminal);
        long size = saved.write(out -> server.download(path, out));
        if (saved.isStandardOutput()) return ExitCode.OK;
        return new Reply(terminal, options)
                .sentence(
                        Json.object()
                                .put("path", file)
                                .put("target", to.target().toString())
                                .put("bytes", size),
                        "Took " + Printable.of(file) + " to " + to.target() + ".");
    }
}
