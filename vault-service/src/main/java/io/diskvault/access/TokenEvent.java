package io.diskvault.access;

import java.time.Instant;
import java.util.Optional;

/// What happened to an API token; stored for ever.
public sealed interface TokenEvent {
    TokenId token();

    record TokenIssued(
            TokenId token, String name, String principal, String hash, Optional<Instant> expiresAt, Instant at)
            implements TokenEvent {}

    record TokenRevoked(TokenId token, Instant at) implements TokenEvent {}
}
