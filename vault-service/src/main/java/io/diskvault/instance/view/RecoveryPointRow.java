package io.diskvault.instance.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/// One recovery point that has not expired.
///
/// @param instanceId `vault/name`
@MappedEntity("recovery_point")
public record RecoveryPointRow(
        @Id String id,
        String instanceId,
        String kind,
        Instant snapshotTime,
        String retentionTag,
        long policyVersion,
        Instant expiryTime,
        String changeDetection,
        long logicalBytes,
        long usedBytes,
        long changedBytes,
        long storedBytes) {}
