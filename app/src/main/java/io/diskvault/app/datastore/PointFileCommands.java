package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Printable;
import io.diskvault.app.console.SavedFile;
import io.diskvault.app.console.SavedFileOptions;
import io.diskvault.app.console.Table;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.DatastoreException;
import io.diskvault.files.ArchiveFormat;
import io.diskvault.files.Entry;
import io.diskvault.files.FileContent;
import io.diskvault.files.FilePath;
import io.diskvault.files.FolderArchive;
import io.diskvault.files.FoundEntry;
import io.diskvault.files.PointFiles;
import io.diskvault.files.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Files out of recovery points, by the engine alone.
@Command(name = "files", description = "Lists and takes files out of a recovery point, without restoring it.")
final class PointFileCommands {
    private static final int PAGE = 500;

    private final Terminal terminal;

    PointFileCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "volumes", description = "Lists the partitions, and which of them can be read.")
    int volumes(@Mixin DatastoreOptions options, @Mixin FilesOptions chosen)
            throws CommandFailed, IOException, DatastoreException {
        return chosen.with(terminal, options, files -> {
            ArrayNode items = Json.object().putArray("items");
            Table table = new Table("VOLUME", "FILE SYSTEM", "LABEL", "PARTITION", "SIZE>", "REMARK");
            for (Volume volume : files.volumes()) {
                items.add(json(volume));
                table.add(
                        String.valueOf(volume.number()),
                        volume.kind(),
                        Printable.of(volume.label()),
                        Printable.of(volume.name()),
                        ByteSize.of(volume.size()),
                        Printable.of(volume.obstacle().orElse("")));
                volume.remarks().forEach(note -> terminal.note("Volume " + volume.number() + ": " + note));
            }
            if (options.json()) terminal.print(Json.object().set("items", items));
            else table.printTo(terminal, "There is no partition and no file system on this disk that is known here.");
            return ExitCode.OK;
        });
    }

    private static ObjectNode json(Volume volume) {
        ObjectNode json = Json.object()
                .put("number", volume.number())
                .put("name", volume.name())
                .put("fileSystem", volume.kind())
                .put("label", volume.label())
                .put("startBytes", volume.start())
                .put("sizeBytes", volume.size())
                .put("readable", volume.readable())
                .put("problem", volume.obstacle().orElse(null));
        ArrayNode notes = json.putArray("notes");
        volume.remarks().forEach(notes::add);
        return json;
    }

    @Command(name = "list", description = "Lists a folder.")
    int list(
            @Mixin DatastoreOptions options,
            @Mixin FilesOptions chosen,
            @Mixin VolumeOption number,
            @Parameters(
                            index = "1",
                            paramLabel = "PATH",
                            defaultValue = "/",
                            description = "The folder; / if not given.")
                    String path)
            throws CommandFailed, IOException, DatastoreException {
        return chosen.with(terminal, options, files -> {
            Volume volume = files.volume(number.value());
            long node = files.folder(volume, FilePath.parse(path)).entry().node();
            ArrayNode items = Json.object().putArray("items");
            Table table = new Table("TYPE", "MODE", "SIZE>", "MODIFIED", "NAME", "LINK TO");
            PointFiles.Page page;
            for (int from = 0; ; from += page.entries().size()) {
                page = files.list(volume, node, from, PAGE);
                if (page.entries().isEmpty()) break;
                for (Entry entry : page.entries()) {
                    if (options.json()) items.add(json(entry));
                    else show(entry, table);
                }
            }
            if (options.json()) terminal.print(Json.object().set("items", items));
            else table.printTo(terminal, "The folder is empty.");
            return ExitCode.OK;
        });
    }

    private static void show(Entry entry, Table table) {
        table.add(
                entry.type(),
                entry.permissions().map(Integer::toOctalString).orElse(""),
                entry.isFile() ? ByteSize.of(entry.size()) : "",
                entry.modified().map(Instant::toString).orElse(""),
                Printable.of(entry.name()),
                Printable.of(entry.target()));
    }

    private static ObjectNode json(Entry entry) {
        return Json.object()
                .put("name", entry.name())
                .put("type", entry.type())
                .put("sizeBytes", entry.isFile() ? (Long) entry.size() : null)
                .put("modifiedTime", entry.modified().map(Instant::toString).orElse(null))
                .put("mode", entry.permissions().map(Integer::toOctalString).orElse(null))
                .put("target", entry.isLink() ? entry.target() : null);
    }

    @Command(name = "get", description = "Takes a file, or a folder with all that is in it as an archive.")
    int get(
            @Mixin DatastoreOptions options,
            @Mixin FilesOptions chosen,
            @Mixin VolumeOption number,
            @Parameters(index = "1", paramLabel = "PATH", description = "The file or folder.") String path,
            @Mixin SavedFileOptions to)
            throws CommandFailed, IOException, DatastoreException {
        return chosen.with(terminal, options, files -> {
            Volume volume = files.volume(number.value());
            FoundEntry found = files.find(volume, FilePath.parse(path));
            SavedFile saved = to.file(terminal);
            long size;
            try (InputStream stream = content(files, volume, found, chosen.name(), to.format())) {
                size = saved.<IOException>write(stream::transferTo);
            }
            if (saved.isStandardOutput()) return ExitCode.OK;
            if (options.json()) {
                terminal.print(Json.object()
                        .put("path", found.path().toString())
                        .put("target", to.target().toString())
                        .put("bytes", size));
            } else {
                terminal.say("Took " + Printable.of(found.path().toString()) + " to " + to.target() + ": "
                        + ByteSize.of(size) + ".");
            }
            return ExitCode.OK;
        });
    }

    private static InputStream content(
            PointFiles files, Volume volume, FoundEntry found, String disk, Optional<String> format)
            throws IOException, DatastoreException {
        Runnable end = () -> {};
        return found.entry().isFolder()
                ? new FolderArchive(
                        files, volume, found, disk + "-volume" + volume.number(), ArchiveFormat.of(format), end)
                : FileContent.of(files, volume, found, end);
    }
}
