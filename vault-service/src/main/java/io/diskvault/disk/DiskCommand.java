package io.diskvault.disk;

import io.diskvault.engine.source.DiskFormat;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to a disk.
public sealed interface DiskCommand {
    DiskId disk();

    /// Makes a file or block device known, and a member of its resource group in the same transaction.
    ///
    /// @param source where its bytes are: `file:` and a path, checked by the caller
    /// @param type one of [DiskType]
    /// @param format one of [DiskFormat], as text
    /// @param sizeBytes of the disk, which in some formats is not the file's
    /// @param uniqueId taken if the disk is new
    record RegisterDisk(
            DiskId disk, String source, String type, String format, long sizeBytes, UUID uniqueId, Instant at)
            implements DiskCommand {}

    /// Forgets the disk. Its bytes are not touched.
    record RemoveDisk(DiskId disk, Instant at) implements DiskCommand {}

    /// Gives the disk to a backup instance. Part of the transaction that makes the instance.
    ///
    /// @param instance names it to people, as in `prod/web-1`
    record ProtectDisk(@TargetAggregateIdentifier DiskId disk, String instance, Instant at) implements DiskCommand {}

    record UnprotectDisk(@TargetAggregateIdentifier DiskId disk, String instance, Instant at) implements DiskCommand {}

    /// Gives the disk to a restore that writes over it. Part of the transaction that queues the restore; refused if
    /// another restore has it, or if it is not what the request was about.
    ///
    /// @param uniqueId the disk that is meant
    /// @param instance the backup instance that it belonged to when it was looked at
    /// @param job the restore
    record StartDiskRestore(
            @TargetAggregateIdentifier DiskId disk, UUID uniqueId, Optional<String> instance, String job, Instant at)
            implements DiskCommand {}

    /// The restore has ended, one way or another. Answers the backup instance that the disk belonged to when it began.
    record EndDiskRestore(@TargetAggregateIdentifier DiskId disk, String job, Instant at) implements DiskCommand {}
}
