package io.diskvault.session.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One session.
///
/// @param hash SHA-256 of the secret, in hexadecimal
/// @param token what it was made from; null if a provider vouched for the principal
/// @param lastUsed to the minute
/// @param expiresAt when it ends, however much it is used
@MappedEntity("web_session")
public record SessionRow(
        @Id UUID id,
        String hash,
        String principal,
        @Nullable UUID token,
        Instant createdAt,
        Instant lastUsed,
        Instant expiresAt) {}
