package io.diskvault.link.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One link, also when it does not count any more; gone with its instance.
///
/// @param hash of the secret
/// @param kind as [io.diskvault.link.LinkKind] writes it
/// @param format as [io.diskvault.link.ImageFormat] writes it
/// @param createdBy whose right it passes on
/// @param expiresAt from when on it is refused
/// @param lastUsedAt as far as the history says, which is to the hour
/// @param lastUsedFrom the address
@MappedEntity("point_link")
public record LinkRow(
        @Id UUID id,
        String hash,
        String vault,
        String instance,
        String recoveryPoint,
        String kind,
        String format,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedFrom) {
    /// Whether it was neither revoked nor is its time over.
    public boolean isValid(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
