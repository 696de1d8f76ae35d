package io.diskvault.engine.datastore;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What is to be backed up as what.
///
/// @param disk the name under which the disk's recovery points are kept: 1 to 120 letters, digits, `-`, `_` and `.`
/// @param id the recovery point to be made
/// @param snapshotTime the time that the recovery point stands for
/// @param sourceId identifies the physical disk, at most 1024 bytes in UTF-8. Another one under the same name starts
///     over without a base; equal chunks are stored once all the same
public record BackupRequest(String disk, RecoveryPointId id, Instant snapshotTime, String sourceId) {

    private static final int SOURCE_ID_BYTES_MAX = 1024;

    public BackupRequest {
        DiskName.checked(disk);
        if (sourceId.getBytes(StandardCharsets.UTF_8).length > SOURCE_ID_BYTES_MAX) {
            throw new IllegalArgumentException("A source id has at most " + SOURCE_ID_BYTES_MAX + " bytes.");
        }
    }
}
