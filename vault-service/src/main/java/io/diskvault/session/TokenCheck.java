package io.diskvault.session;

import io.diskvault.web.guard.SignIns;
import io.micronaut.core.async.subscriber.CompletionAwareSubscriber;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;

/// Looks at a token that came in a body, by the very validators that look at those in headers, and as patiently.
@Singleton
public final class TokenCheck {
    private final List<TokenValidator<HttpRequest<?>>> validators;
    private final SignIns signIns;

    TokenCheck(List<TokenValidator<HttpRequest<?>>> validators, SignIns signIns) {
        this.validators = validators;
        this.signIns = signIns;
    }

    /// The answer, if tokens from that address are not looked at now.
    public Optional<MutableHttpResponse<?>> holdOff(HttpRequest<?> request, String token) {
        return signIns.holdOffBody(request, token);
    }

    /// Whom a token stands for. Must not run on the threads that serve the network.
    ///
    /// @throws AuthorizationException if nobody
    public Authentication require(HttpRequest<?> request, String token) {
        Optional<Authentication> bearer = validators.stream()
                .map(validator -> first(validator.validateToken(token, request)))
                .flatMap(Optional::stream)
                .findFirst();
        if (bearer.isEmpty()) {
            signIns.failed(request, token);
            throw new AuthorizationException(null);
        }
        signIns.succeeded(request, token);
        return bearer.get();
    }

    private static Optional<Authentication> first(Publisher<Authentication> publisher) {
        CompletableFuture<Optional<Authentication>> first = new CompletableFuture<>();
        publisher.subscribe(new CompletionAwareSubscriber<Authentication>() {
            @Override
            protected void doOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void doOnNext(Authentication found) {
                first.complete(Optional.of(found));
            }

            @Override
            protected void doOnError(Throwable failure) {
                first.completeExceptionally(failure);
            }

            @Override
            protected void doOnComplete() {
                first.complete(Optional.empty());
            }
        });
        return first.join();
    }
}
