package io.diskvault.disk;

import io.diskvault.engine.source.DiskFormat;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// What happened to a disk; stored for ever.
public sealed interface DiskEvent {
    DiskId disk();

    /// @param format raw in what was stored before there were others
    record DiskRegistered(
            DiskId disk, String source, String type, String format, long sizeBytes, UUID uniqueId, Instant at)
            implements DiskEvent {
        public DiskRegistered {
            format = Objects.requireNonNullElse(format, DiskFormat.RAW.text());
        }
    }

    record DiskRemoved(DiskId disk, Instant at) implements DiskEvent {}

    record DiskProtected(DiskId disk, String instance, Instant at) implements DiskEvent {}

    record DiskUnprotected(DiskId disk, String instance, Instant at) implements DiskEvent {}

    /// A restore has the disk and writes over it.
    ///
    /// @param job the restore
    /// @param instance the backup instance that the disk belonged to
    record DiskRestoreStarted(DiskId disk, String job, Optional<String> instance, Instant at) implements DiskEvent {}

    record DiskRestoreEnded(DiskId disk, String job, Instant at) implements DiskEvent {}
}
