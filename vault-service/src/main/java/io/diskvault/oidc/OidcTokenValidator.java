package io.diskvault.oidc;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
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
                () -> tokens.principalOf(token).map(Authentication::build).orElse(null), blocking));
    }
}
