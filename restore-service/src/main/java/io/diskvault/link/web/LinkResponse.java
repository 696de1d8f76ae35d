package io.diskvault.link.web;

import io.diskvault.link.view.LinkRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A link, without its secret.
///
/// @param state Valid, Expired or Revoked
/// @param lastUsedTime to the hour; null if it never was
/// @param lastUsedFrom the address
record LinkResponse(
        UUID id,
        String vault,
        String instance,
        String recoveryPoint,
        String kind,
        String format,
        String state,
        String createdBy,
        Instant createdTime,
        Instant expiresAt,
        @Nullable Instant revokedTime,
        @Nullable Instant lastUsedTime,
        @Nullable String lastUsedFrom) {
    static LinkResponse of(LinkRow row, Instant now) {
        return new LinkResponse(
                row.id(),
                row.vault(),
                row.instance(),
                row.recoveryPoint(),
                row.kind(),
                row.format(),
                row.isValid(now) ? "Valid" : row.revokedAt() == null ? "Expired" : "Revoked",
                row.createdBy(),
                row.createdAt(),
                row.expiresAt(),
                row.revokedAt(),
                row.lastUsedAt(),
                row.lastUsedFrom());
    }
}
