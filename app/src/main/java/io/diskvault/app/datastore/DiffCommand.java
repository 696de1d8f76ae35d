package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.ChangedRange;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.DiffResult;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.Watch;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What differs between two recovery points of a disk.
@Command(
        name = "diff",
        description =
                "Lists the parts of a disk in which two recovery points differ, in whole chunks. Reads no content,"
                        + " so it takes as long as much differs, whatever the size of the disk.")
final class DiffCommand implements Callable<Integer> {
    /// One JSON object is made in memory. Lines are not, so they have no limit.
    private static final int JSON_RANGES_MAX = 100_000;

    private final Terminal terminal;

    @Mixin
    private DatastoreOptions options = new DatastoreOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The disk's name.")
    private String name = "";

    @Option(names = "--from", required = true, paramLabel = "ID", description = "The recovery point to compare with.")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "ID",
            defaultValue = "latest",
            description = "The recovery point whose differences are listed; latest if not given.")
    private String to = "";

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        ObjectNode json = Json.object();
        ArrayNode ranges = json.arrayNode();
        try (Datastore datastore = options.open(terminal);
                WatchedWork work = new WatchedWork(terminal, "Comparing")) {
            RecoveryPoint earlier = PointChoice.find(terminal, datastore, name, from);
            RecoveryPoint later = PointChoice.find(terminal, datastore, name, to);
            DiffResult result = options.json()
                    ? datastore.diff(earlier, later, range -> add(range, ranges), work)
                    : datastore.diff(earlier, later, this::print, withoutProgress(work));
            json.put("from", earlier.id().value()).put("to", later.id().value());
            if (options.json()) terminal.print(summary(json, result).set("ranges", ranges));
            else print(result);
        } catch (CancellationException stopped) {
            throw new CommandFailed("Cancelled", "Stopped.");
        }
        return ExitCode.OK;
    }

    /// The lines of the result would break the line of the progress.
    private static Watch withoutProgress(Watch watch) {
        return new Watch() {
            @Override
            public void progress(long doneBytes, long totalBytes) {}

            @Override
            public boolean cancelled() {
                return watch.cancelled();
            }
        };
    }

    private static void add(ChangedRange range, ArrayNode ranges) {
        if (ranges.size() < JSON_RANGES_MAX) {
            ranges.addObject()
                    .put("start", range.start())
                    .put("end", range.end())
                    .put("kind", kind(range));
        }
    }

    private static String kind(ChangedRange range) {
        return range.kind().name().toLowerCase(Locale.ROOT);
    }

    private void print(ChangedRange range) {
        terminal.say(String.format(Locale.ROOT, "%-7s  bytes %d to %d", kind(range), range.start(), range.end()));
    }

    private void print(DiffResult result) {
        terminal.say("Changed: " + ByteSize.of(result.changedBytes()) + "; zeros now: "
                + ByteSize.of(result.zeroedBytes()) + ".");
        if (result.fromBytes() != result.toBytes()) {
            terminal.say("The disk had " + result.fromBytes() + " bytes and has " + result.toBytes() + ".");
        }
    }

    private static ObjectNode summary(ObjectNode json, DiffResult result) {
        return json.put("fromBytes", result.fromBytes())
                .put("toBytes", result.toBytes())
                .put("changedBytes", result.changedBytes())
                .put("zeroedBytes", result.zeroedBytes())
                .put("nodesRead", result.nodesRead())
                .put("moreRanges", Math.max(0, result.ranges() - JSON_RANGES_MAX));
    }
}
