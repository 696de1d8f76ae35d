package io.diskvault.restoretest.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where one instance stands; gone with it, unlike its tests.
///
/// @param instanceId `vault/name`
/// @param lastJob its latest test, however it ended
/// @param lastTested when that was asked for
/// @param openJob that test, while it has not ended
/// @param provenJob its latest proof
/// @param overdueSince since when there had been no proof when the alert was raised; null while there is none
@MappedEntity("restore_proof")
public record RestoreProofRow(
        @Id String instanceId,
        String vault,
        @Nullable String lastJob,
        @Nullable Instant lastTested,
        @Nullable String openJob,
        @Nullable String provenJob,
        @Nullable String provenPoint,
        @Nullable Instant provenAt,
        @Nullable Instant overdueSince) {}
