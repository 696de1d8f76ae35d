package io.diskvault.disk;

import java.time.Instant;
import java.util.UUID;

/// What happened to a disk; stored for ever.
public sealed interface DiskEvent {
    DiskId disk();

    record DiskRegistered(DiskId disk, String source, String type, long sizeBytes, UUID uniqueId, Instant at)
            implements DiskEvent {}

    record DiskRemoved(DiskId disk, Instant at) implements DiskEvent {}

    record DiskProtected(DiskId disk, String instance, Instant at) implements DiskEvent {}

    record DiskUnprotected(DiskId disk, String instance, Instant at) implements DiskEvent {}
}
