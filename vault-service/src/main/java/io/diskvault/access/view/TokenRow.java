package io.diskvault.access.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One API token that is not revoked.
///
/// @param principal who acts when it is used
/// @param hash SHA-256 of the secret, in hexadecimal
/// @param expiresAt from when on it is refused; null for never
@MappedEntity("api_token")
public record TokenRow(
        @Id UUID id,
        String name,
        String principal,
        String hash,
        @Nullable Instant expiresAt,
        Instant createdAt) {}
