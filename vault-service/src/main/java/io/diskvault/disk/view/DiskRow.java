package io.diskvault.disk.view;

import io.diskvault.disk.DiskId;
import io.diskvault.engine.source.DiskFormat;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One disk as people see it.
///
/// @param id the disk's path: `vm-disks/web-1`
/// @param format one of [DiskFormat], as text
/// @param sizeBytes of the disk in it, when it was registered
/// @param uniqueId another one when the disk is made anew under the same name
/// @param protectedBy the backup instance that it belongs to
/// @param restoringJob the restore that writes over it
@MappedEntity("disk")
public record DiskRow(
        @Id String id,
        String resourceGroup,
        String name,
        String source,
        String type,
        String format,
        long sizeBytes,
        UUID uniqueId,
        @Nullable String protectedBy,
        Instant createdAt,
        @Nullable String restoringJob) {
    public DiskId diskId() {
        return new DiskId(resourceGroup, name);
    }

    public DiskFormat diskFormat() {
        return DiskFormat.of(format).orElseThrow();
    }
}
