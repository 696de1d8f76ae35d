package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.ByteSize;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.lease.LiveLease;
import io.diskvault.engine.lease.Purpose;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gives back the space of what no recovery point needs.
@Command(
        name = "collect",
        description =
                "Gives back the space of what no recovery point needs. May run beside backups and restores, and be"
                        + " stopped at any moment; the next one goes on.")
final class CollectCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DatastoreOptions options = new DatastoreOptions();

    @Option(names = "--dry-run", description = "Only say what would be freed. Changes nothing.")
    private boolean dryRun;

    @Option(
            names = "--rewrite-dead-share",
            paramLabel = "PERCENT",
            defaultValue = "25",
            converter = EngineArguments.ShareConverter.class,
            description = "How much of a pack must be needed by nothing before the rest is copied and the pack deleted;"
                    + " 25 if not given. Less frees more space and copies more.")
    private double deadShareMin;

    CollectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        CollectResult result;
        try (Datastore datastore = options.open(terminal);
                WatchedWork work = new WatchedWork(terminal, "Collecting")) {
            result = datastore.collect(new CollectOptions(dryRun, deadShareMin), work);
        } catch (CancellationException stopped) {
            throw new CommandFailed("Cancelled", "Stopped. The next collection goes on from here.");
        }
        if (options.json()) terminal.print(json(result));
        else print(result);
        return result.damagedPacks().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void print(CollectResult result) {
        if (result.deletedPacks() > 0) {
            terminal.say((dryRun ? "Would free      " : "Freed           ") + ByteSize.of(result.freedBytes()));
            terminal.say((dryRun ? "Would delete    " : "Deleted         ")
                    + packs(result.deletedPacks())
                    + (result.rewrittenPacks() == 0
                            ? ""
                            : ", " + result.rewrittenPacks() + " of them after copying what is needed ("
                                    + ByteSize.of(result.copiedBytes()) + ")"));
        } else if (result.waitingFor().isEmpty() && result.damagedPacks().isEmpty()) {
            terminal.say("Nothing to free: no pack has enough in it that no recovery point needs.");
        }
        if (dryRun) {
            terminal.say("Nothing was changed.");
        }
        if (!result.waitingFor().isEmpty()) {
            result.waitingFor().forEach(lease -> terminal.say("Waiting for     " + text(lease)));
            terminal.say("The rest waits for those who are at work: backups, index rebuilds or collections that began"
                    + " earlier. Collect again when they have ended.");
        }
        if (!result.damagedPacks().isEmpty()) {
            result.damagedPacks()
                    .forEach(pack -> terminal.note(
                            "Warning: " + pack + " stays: something in it is needed and cannot be read."));
            terminal.note("Verify the datastore to see what is concerned, back those disks up again, which stores anew"
                    + " what they still have, and collect again.");
        }
    }

    private static String text(LiveLease lease) {
        String who = lease.purpose().map(CollectCommand::text).orElse("somebody whose lease cannot be read");
        String process =
                lease.process().isPresent() ? " by process " + lease.process().getAsLong() : "";
        String since = lease.purpose().isPresent() ? ", since epoch " + lease.epoch() : "";
        return who + process + since + " (" + lease.file() + ")";
    }

    private static String text(Purpose purpose) {
        return switch (purpose) {
            case BACKUP -> "a backup";
            case RESTORE -> "a restore";
            case VERIFY -> "a verification";
            case COLLECT -> "another collection";
            case REBUILD -> "an index rebuild";
        };
    }

    private static ObjectNode json(LiveLease lease) {
        ObjectNode json = Json.object()
                .put("lease", lease.file())
                .put("purpose", lease.purpose().map(CollectCommand::name).orElse(null));
        if (lease.process().isPresent()) json.put("process", lease.process().getAsLong());
        else json.putNull("process");
        if (lease.purpose().isPresent()) json.put("sinceEpoch", lease.epoch());
        else json.putNull("sinceEpoch");
        return json;
    }

    private static String name(Purpose purpose) {
        return switch (purpose) {
            case BACKUP -> "backup";
            case RESTORE -> "restore";
            case VERIFY -> "verify";
            case COLLECT -> "collect";
            case REBUILD -> "rebuildIndex";
        };
    }

    private static String packs(int count) {
        return count == 1 ? "1 pack" : count + " packs";
    }

    private ObjectNode json(CollectResult result) {
        ObjectNode json = Json.object()
                .put("dryRun", dryRun)
                .put("freedBytes", result.freedBytes())
                .put("deletedPacks", result.deletedPacks())
                .put("rewrittenPacks", result.rewrittenPacks())
                .put("copiedBytes", result.copiedBytes());
        ArrayNode waitingFor = json.putArray("waitingFor");
        result.waitingFor().forEach(lease -> waitingFor.add(json(lease)));
        addTo(json.putArray("damagedPacks"), result.damagedPacks());
        return json;
    }

    private static void addTo(ArrayNode array, List<String> files) {
        files.forEach(array::add);
    }
}
