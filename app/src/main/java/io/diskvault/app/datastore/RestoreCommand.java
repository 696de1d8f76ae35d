package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.FormatOption;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RestoreResult;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.restore.DamagedRanges;
import io.diskvault.engine.restore.ImageTarget;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.verify.ByteRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A recovery point as a disk again.
@Command(
        name = "restore",
        description = "Writes a recovery point to a new file, or with --overwrite to a file or block device that is"
                + " there. When a restore to a new file is killed, the same command goes on with what it has written.")
final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DatastoreOptions options = new DatastoreOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The disk's name.")
    private String name = "";

    @Option(names = "--point", required = true, paramLabel = "ID", description = "The recovery point, or latest.")
    private String id = "";

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where the disk goes.")
    private Path target = Path.of("");

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(names = "--overwrite", description = "Replace what is there.")
    private boolean overwrite;

    @Option(
            names = "--only-differences",
            description = "With --overwrite: write only the blocks that differ, into the file or device that is there."
                    + " It must have room for the disk; a file that is larger is shortened.")
    private boolean onlyDifferences;

    @Option(
            names = "--continue-on-damage",
            description = "Restore what is whole when something is damaged, list the bytes that are not, and end with"
                    + " status 1. They become zeros; with --only-differences they are left as they are.")
    private boolean continueOnDamage;

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (onlyDifferences && !overwrite) {
            throw options.wrong("--only-differences writes into a disk that is there; add --overwrite to allow that.");
        }
        long start = System.nanoTime();
        RecoveryPoint point;
        RestoreResult result;
        try (Datastore datastore = options.open(terminal);
                WatchedWork work = new WatchedWork(terminal, "Restoring " + name)) {
            point = PointChoice.find(terminal, datastore, name, id);
            result = restore(datastore, point, how(datastore, point), work);
        } catch (CancellationException stopped) {
            throw new CommandFailed("Cancelled", "Stopped. " + afterStop());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (options.json()) terminal.print(json(point, result).put("seconds", seconds));
        else print(point, result);
        return result.damaged().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private RestoreResult restore(Datastore datastore, RecoveryPoint point, RestoreOptions how, WatchedWork work)
            throws IOException, DatastoreException {
        ImageTarget image = new ImageTarget(format.orOf(target.toString()), point.snapshotTime());
        return datastore.restore(
                point, diskBytes -> image.open(target, diskBytes, how, Randomness.secure()), how.onDamage(), work);
    }

    private RestoreOptions how(Datastore datastore, RecoveryPoint point) {
        RestoreOptions whole = (overwrite ? RestoreOptions.OVERWRITE : RestoreOptions.NEW_FILE)
                .resumableAs(datastore.id() + "/" + point.disk() + "/" + point.id());
        RestoreOptions chosen = onlyDifferences ? RestoreOptions.ONLY_DIFFERENCES : whole;
        return continueOnDamage ? chosen.continuingOnDamage() : chosen;
    }

    private String afterStop() throws IOException {
        return onlyDifferences || Descriptor.isBlockDevice(target)
                ? target + " is part old and part new now; restore again to make it whole."
                : "No file was made.";
    }

    private void print(RecoveryPoint point, RestoreResult result) {
        DamagedRanges damaged = result.damaged();
        terminal.say("Restored " + point.id() + " to " + target + ": " + ByteSize.of(result.logicalBytes())
                + ", of which " + ByteSize.of(result.writtenBytes()) + " written"
                + (result.keptBytes() > 0 ? " and " + ByteSize.of(result.keptBytes()) + " there already." : "."));
        if (damaged.isEmpty()) return;
        terminal.say("Not restored: " + ByteSize.of(damaged.bytes()) + ", which "
                + (onlyDifferences ? "were left as they were." : "are zeros now."));
        for (ByteRange range : damaged.ranges()) {
            terminal.say("  bytes " + range);
        }
        if (damaged.moreRanges() > 0) terminal.say("  and " + damaged.moreRanges() + " more parts");
        terminal.note("Warning: the disk is not whole. "
                + damaged.first().orElse("")
                + " To see what else is damaged, run: diskvault datastore verify " + options.directory());
    }

    private ObjectNode json(RecoveryPoint point, RestoreResult result) {
        ObjectNode json = Json.object()
                .put("recoveryPoint", point.id().value())
                .put("target", target.toString())
                .put("logicalBytes", result.logicalBytes())
                .put("writtenBytes", result.writtenBytes())
                .put("keptBytes", result.keptBytes())
                .put("resumed", result.resumed());
        ObjectNode damaged = json.putObject("damaged")
                .put("bytes", result.damaged().bytes())
                .put("first", result.damaged().first().orElse(null));
        ArrayNode ranges = damaged.putArray("ranges");
        result.damaged()
                .ranges()
                .forEach(range -> ranges.addObject().put("start", range.start()).put("end", range.end()));
        damaged.put("moreRanges", result.damaged().moreRanges());
        return json;
    }
}
