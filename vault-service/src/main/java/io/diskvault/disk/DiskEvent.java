package io.diskvault.disk;

import io.diskvault.engine.source.DiskFormat;
import java.time.Instant;
import java.util.Objects;
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
}
