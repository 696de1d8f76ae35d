package io.diskvault.app.datastore;

import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.FormatOption;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Table;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.BackupResult;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.DatastoreKey;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.image.DiskImages;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What can be done with a datastore by the engine alone.
@Command(name = "datastore", description = "Backs up and restores with the engine alone; needs no server.")
public final class DatastoreCommands {
    private final Terminal terminal;

    private DatastoreCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    /// These commands, and those below them.
    public static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new DatastoreCommands(terminal))
                .addSubcommand(new KeyCommands(terminal))
                .addSubcommand(new RestoreCommand(terminal))
                .addSubcommand(new DiffCommand(terminal))
                .addSubcommand(new UsageCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new CollectCommand(terminal))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new KeepCommand(terminal))
                .addSubcommand(new PointFileCommands(terminal))
                .addSubcommand(new RebuildIndexCommand(terminal));
    }

    @Command(name = "init", description = "Makes a datastore, and its key file if that is given and not there.")
    int init(
            @Mixin DatastoreOptions options,
            @Option(
                            names = "--chunk-size",
                            paramLabel = "SIZE",
                            defaultValue = "64K",
                            converter = EngineArguments.ChunkSizeConverter.class,
                            description = "64K, 128K, 256K, 512K, 1M, 2M or 4M; 64K if not given. It stays for ever.")
                    ChunkSize chunkSize)
            throws CommandFailed, IOException, DatastoreException {
        // Before a key is made that would then belong to nothing.
        if (Files.exists(options.directory().resolve("datastore.json"))) {
            throw new CommandFailed("DatastoreExists", options.directory() + " is a datastore already.");
        }
        boolean newFile = options.keyFile().filter(Files::notExists).isPresent();
        DatastoreKey key = options.newKey(terminal);
        try (Datastore made = Datastore.create(options.directory(), chunkSize, key)) {
            if (options.json()) {
                terminal.print(Json.object()
                        .put("datastore", made.directory().toString())
                        .put("id", made.id())
                        .put("chunkBytes", made.chunkSize().bytes())
                        .put("keyFile", options.keyFile().map(Path::toString).orElse(null))
                        .put("keyFileMade", newFile)
                        .set("key", KeyCommands.json(made.keys().own())));
                return ExitCode.OK;
            }
            terminal.say("Made datastore " + made.directory() + " with chunks of " + made.chunkSize() + ".");
        }
        if (newFile) {
            terminal.say("Made its key: " + options.keyFile().orElseThrow() + ". Keep a copy in another place:"
                    + " without the key nothing in this datastore can be restored.");
        }
        if (options.keyFile().isEmpty()) {
            terminal.say("It is opened by the passphrase and nothing else: without it nothing in this datastore can be"
                    + " restored.");
        }
        return ExitCode.OK;
    }

    @Command(name = "backup", description = "Makes a recovery point of a disk image or block device.")
    int backup(
            @Mixin DatastoreOptions options,
            @Option(names = "--disk", required = true, paramLabel = "SOURCE", description = "The image or device.")
                    Path disk,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "The disk's name in the datastore; the same each time.")
                    String name,
            @Mixin FormatOption format)
            throws CommandFailed, IOException, DatastoreException {
        long start = System.nanoTime();
        BackupResult result;
        try (DiskSource source = DiskImages.open(disk, format.orOf(disk.toString()));
                Datastore datastore = options.open(terminal);
                WatchedWork work = new WatchedWork(terminal, "Backing up " + name)) {
            result = datastore.backUp(request(options, name, disk), source, work);
        } catch (CancellationException stopped) {
            throw new CommandFailed("Cancelled", "Stopped. The next backup uses what was stored so far.");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (options.json()) {
            terminal.print(PointJson.of(result.point())
                    .put("readBytes", result.readBytes())
                    .put("healedChunks", result.healedChunks())
                    .put("seconds", seconds));
            return ExitCode.OK;
        }
        RecoveryPoint point = result.point();
        terminal.say("Recovery point  " + point.id());
        terminal.say("Logical         " + ByteSize.of(point.logicalBytes()));
        terminal.say("Read            " + ByteSize.of(result.readBytes()));
        terminal.say("Changed         " + ByteSize.of(point.changedBytes()));
        terminal.say("Stored          " + ByteSize.of(point.storedBytes()));
        terminal.say(String.format(Locale.ROOT, "Seconds         %.1f", seconds));
        if (result.healedChunks() > 0) {
            terminal.say("Healed          " + result.healedChunks()
                    + (result.healedChunks() == 1 ? " damaged chunk" : " damaged chunks")
                    + " stored again, which heals earlier recovery points, too.");
        }
        if (point.sourceChangedWhileRead()) {
            terminal.note(
                    "Warning: the disk was written to while it was read, so this recovery point may mix earlier and"
                            + " later content. Back up a snapshot of it, or while nothing writes to it.");
        }
        return ExitCode.OK;
    }

    private static BackupRequest request(DatastoreOptions options, String name, Path disk) throws IOException {
        Instant now = Instant.now();
        try {
            return new BackupRequest(name, EngineArguments.newPoint(now), now, EngineArguments.sourceId(disk));
        } catch (IllegalArgumentException refused) {
            throw options.wrong("--name: " + refused.getMessage());
        }
    }

    @Command(name = "points", description = "Lists recovery points, newest first.")
    int points(
            @Mixin DatastoreOptions options,
            @Option(names = "--name", paramLabel = "NAME", description = "Only this disk's.") Optional<String> name)
            throws CommandFailed, IOException, DatastoreException {
        List<RecoveryPoint> points;
        try (Datastore datastore = options.open(terminal)) {
            points = PointChoice.readable(terminal, datastore).stream()
                    .filter(point -> name.isEmpty() || name.get().equals(point.disk()))
                    .toList();
        }
        if (options.json()) {
            terminal.print(PointJson.list(points));
            return ExitCode.OK;
        }
        Table table = new Table("DISK", "RECOVERY POINT", "SNAPSHOT TIME", "LOGICAL>", "CHANGED>", "STORED>");
        for (RecoveryPoint point : points) {
            table.add(
                    point.disk(),
                    point.id().value(),
                    point.snapshotTime().toString(),
                    ByteSize.of(point.logicalBytes()),
                    ByteSize.of(point.changedBytes()),
                    ByteSize.of(point.storedBytes()));
        }
        table.printTo(terminal, "No recovery points.");
        return ExitCode.OK;
    }
}
