package io.diskvault.export.view;

import io.diskvault.instance.InstanceId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One export, also when it has ended; gone with its instance.
///
/// @param name by which the socket has it
/// @param hash of the secret by which the port has it; null if it does not
/// @param idleSeconds how long it waits for clients
/// @param createdBy whose right it makes use of
/// @param keepJob the job that makes a recovery point of it; null while there is none
/// @param endReason as [io.diskvault.export.ExportEnd] writes it
@MappedEntity("point_export")
public record ExportRow(
        @Id UUID id,
        String name,
        @Nullable String hash,
        String vault,
        String instance,
        String recoveryPoint,
        boolean writable,
        long idleSeconds,
        String createdBy,
        Instant createdAt,
        @Nullable String keepJob,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        @Nullable String endedBy) {
    public boolean isActive() {
        return endedAt == null;
    }

    /// Whether clients may connect.
    public boolean isServed() {
        return isActive() && keepJob == null;
    }

    public Duration idleTime() {
        return Duration.ofSeconds(idleSeconds);
    }

    public InstanceId instanceId() {
        return new InstanceId(vault, instance);
    }
}
