package io.diskvault.oidc;

import io.diskvault.access.SignedIn;
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

/// Lets requests in that carry a token of the provider. Fetching its keys takes a while, so it must not run on the
/// threads that serve the network.
@Singleton
final class OidcTokenValidator implements TokenValidator<HttpRequest<?>> {
    private final OidcTokens tokens;
    private final ExecutorService blocking;

    OidcTokenValidator(OidcTokens tokens, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.tokens = tokens;
        this.blocking = blocking;
    }

    @Override
    public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
        return Publishers.fromCompletableFuture(() -> CompletableFuture.supplyAsync(
                () -> tokens.bearerOf(token)
                        .map(OidcTokenValidator::authenticationOf)
                        .orElse(null),
                blocking));
    }

    private static Authentication authenticationOf(OidcTokens.Bearer bearer) {
        return new SignedIn(Optional.empty(), Optional.empty(), Optional.of(bearer.until())).as(bearer.principal());
    }
}
