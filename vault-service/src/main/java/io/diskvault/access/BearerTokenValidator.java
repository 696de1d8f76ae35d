package io.diskvault.access;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// Lets requests in that carry a known token. The look-up reads the database, so it must not run on the threads that
/// serve the network.
@Singleton
final class BearerTokenValidator implements TokenValidator<HttpRequest<?>> {
    private final AccessTokens tokens;
    private final ExecutorService blocking;

    BearerTokenValidator(AccessTokens tokens, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.tokens = tokens;
        this.blocking = blocking;
    }

    @Override
    public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
        return Publishers.fromCompletableFuture(() -> CompletableFuture.supplyAsync(
                () -> tokens.bearerOf(token)
                        .map(BearerTokenValidator::authenticationOf)
                        .orElse(null),
                blocking));
    }

    /// Roles are looked up when they are needed ([Access]), not kept here.
    private static Authentication authenticationOf(AccessTokens.Bearer bearer) {
        return new SignedIn(bearer.token(), Optional.empty(), Optional.empty()).as(bearer.principal());
    }
}
