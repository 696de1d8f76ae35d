package io.diskvault.access;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to an API token.
public sealed interface TokenCommand {
    TokenId token();

    /// @param name what the token is for
    /// @param principal who acts when it is used
    /// @param hash of the secret, see [TokenSecret#hash]
    record IssueToken(
            @TargetAggregateIdentifier TokenId token,
            String name,
            String principal,
            String hash,
            Optional<Instant> expiresAt,
            Instant at)
            implements TokenCommand {}

    record RevokeToken(@TargetAggregateIdentifier TokenId token, Instant at) implements TokenCommand {}
}
