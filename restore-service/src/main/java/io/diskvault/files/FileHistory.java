package io.diskvault.files;

import io.diskvault.access.Callers;
import io.diskvault.command.Commands;
import io.diskvault.files.FilesCommand.RecordListing;
import io.diskvault.files.FilesCommand.RecordTaking;
import io.diskvault.instance.InstanceId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Has it recorded who reads which files, before they are given. Looks that were recorded lately are remembered
/// here, so that going from folder to folder asks the history once.
@Singleton
public class FileHistory {
    private static final int REMEMBERED_MAX = 10_000;
    private static final int PATH_MAX = 4096;

    private final Commands commands;
    private final Clock clock;
    private final Map<Look, Instant> recorded = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Look, Instant> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private record Look(FileReadsId reads, String by) {}

    FileHistory(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /// The caller sees what files there are.
    public void listed(InstanceId instance, String point) {
        Look look = new Look(FileReadsId.of(instance, point), Callers.current().principal());
        Instant now = clock.instant();
        if (isDue(look, now)) {
            commands.send(new RecordListing(look.reads, instance, point, look.by, now));
            remember(look, now);
        }
    }

    /// The caller takes a file or a folder.
    ///
    /// @throws io.diskvault.command.CommandRejected if so much was taken lately that it cannot be recorded
    public void taken(InstanceId instance, String point, Volume volume, FoundEntry found) {
        String path = found.path().toString();
        commands.send(new RecordTaking(
                FileReadsId.of(instance, point),
                instance,
                point,
                volume.number(),
                path.substring(0, Math.min(path.length(), PATH_MAX)),
                found.entry().type(),
                Callers.current().principal(),
                clock.instant()));
    }

    private synchronized boolean isDue(Look look, Instant now) {
        Instant last = recorded.get(look);
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(FileReads.RESOLUTION));
    }

    private synchronized void remember(Look look, Instant now) {
        recorded.remove(look);
        recorded.put(look, now);
    }
}
