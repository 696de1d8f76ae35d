package io.diskvault.app.datastore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskvault.app.console.CommandFailed;
import io.diskvault.app.console.Json;
import io.diskvault.app.console.Terminal;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.IndexRebuildResult;
import io.diskvault.engine.datastore.Watch;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/// Makes a lost or damaged index anew.
@Command(
        name = "rebuild-index",
        description = "Makes the index of a datastore anew from its packs, when it is lost or damaged. Needs no key.")
final class RebuildIndexCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DirectoryOptions options = new DirectoryOptions();

    RebuildIndexCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        IndexRebuildResult result;
        try (WatchedWork work = new WatchedWork(terminal, "Reading packs")) {
            result = Datastore.rebuildIndex(options.existing(), inPacks(work));
        } catch (CancellationException stopped) {
            throw new CommandFailed("Cancelled", "Stopped. The index is no worse than before.");
        }
        if (options.json()) terminal.print(json(result));
        else print(result);
        return result.unreadablePacks().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static Watch inPacks(WatchedWork work) {
        return new Watch() {
            @Override
            public void progress(long done, long total) {
                work.state(done + " of " + total);
            }

            @Override
            public boolean cancelled() {
                return work.cancelled();
            }
        };
    }

    private void print(IndexRebuildResult result) {
        terminal.say("Packs read        " + result.packs());
        terminal.say("Places of chunks  " + result.entries());
        result.removedFragments().forEach(file -> terminal.say("Removed           " + file + ", which was damaged"));
        result.unreadablePacks()
                .forEach(file -> terminal.note("Warning: " + file + " is damaged: it does not say what it holds."));
    }

    private static ObjectNode json(IndexRebuildResult result) {
        ObjectNode json = Json.object().put("packs", result.packs()).put("entries", result.entries());
        ArrayNode unreadable = json.putArray("unreadablePacks");
        result.unreadablePacks().forEach(unreadable::add);
        ArrayNode removed = json.putArray("removedFragments");
        result.removedFragments().forEach(removed::add);
        return json;
    }
}
