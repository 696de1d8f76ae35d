package io.diskvault.access;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.access.TokenCommand.IssueToken;
import io.diskvault.access.TokenCommand.RevokeToken;
import io.diskvault.access.TokenEvent.TokenIssued;
import io.diskvault.access.TokenEvent.TokenRevoked;
import io.diskvault.command.CommandRejected;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A token is issued once and revoked at most once; its secret never changes.
@AggregateRoot(type = "ApiToken")
final class ApiToken {
    @AggregateIdentifier
    @JsonProperty
    private @Nullable TokenId id;

    @JsonProperty
    private @Nullable String hash;

    @JsonProperty
    private boolean revoked;

    ApiToken() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(IssueToken command) {
        if (hash != null && !hash.equals(command.hash())) {
            throw new CommandRejected(
                    TokenRejection.TOKEN_EXISTS, "A token with the id '%s' was issued already.".formatted(id));
        }
        if (revoked) {
            throw new CommandRejected(
                    TokenRejection.TOKEN_EXISTS, "The token with the id '%s' was revoked for good.".formatted(id));
        }
        if (hash == null) {
            apply(new TokenIssued(
                    command.token(),
                    command.name(),
                    command.principal(),
                    command.hash(),
                    command.expiresAt(),
                    command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RevokeToken command) {
        if (hash == null) {
            throw TokenRejection.notFound(command.token());
        }
        if (!revoked) {
            apply(new TokenRevoked(command.token(), command.at()));
        }
    }

    @EventSourcingHandler
    void on(TokenIssued event) {
        id = event.token();
        hash = event.hash();
    }

    @EventSourcingHandler
    void on(TokenRevoked event) {
        revoked = true;
    }
}
