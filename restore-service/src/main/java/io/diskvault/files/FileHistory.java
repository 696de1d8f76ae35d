package io.diskvault.files;

import io.diskvault.access.Callers;
import io.diskvault.access.RecentUses;
import io.diskvault.command.Commands;
import io.diskvault.files.FilesCommand.RecordListing;
import io.diskvault.files.FilesCommand.RecordTaking;
import io.diskvault.instance.InstanceId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/// Has it recorded who reads which files, before they are given. Looks that were recorded lately are remembered
/// here, so that going from folder to folder asks the history once.
@Singleton
public class FileHistory {
    private static final int PATH_MAX = 4096;

    private final Commands commands;
    private final Clock clock;
    private final RecentUses<Look> recent = new RecentUses<>(FileReads.RESOLUTION);

    private record Look(FileReadsId reads, String by) {}

    FileHistory(Commands commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /// The caller sees what files there are.
    public void listed(InstanceId instance, String point) {
        Look look = new Look(FileReadsId.of(instance, point), Callers.current().principal());
        Instant now = clock.instant();
        recent.record(look, now, () -> commands.send(new RecordListing(look.reads, instance, point, look.by, now)));
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
}
