package io.diskvault.files;

import io.diskvault.instance.InstanceId;
import java.time.Instant;

/// What was read of the files of a recovery point; stored for ever. By whom stands with every event.
public sealed interface FilesEvent {
    FileReadsId reads();

    /// Somebody looked what volumes and files there are, for the first time since a while.
    record FilesListed(FileReadsId reads, InstanceId instance, String recoveryPoint, String by, Instant at)
            implements FilesEvent {}

    /// Somebody took a file away, or a folder with all that is in it.
    ///
    /// @param path where it is in the volume, or the beginning of that
    /// @param type `file` or `folder`
    record FileTaken(
            FileReadsId reads,
            InstanceId instance,
            String recoveryPoint,
            int volume,
            String path,
            String type,
            String by,
            Instant at)
            implements FilesEvent {}
}
