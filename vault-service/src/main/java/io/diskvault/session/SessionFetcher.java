package io.diskvault.session;

import io.diskvault.access.SignedIn;
import io.diskvault.access.TokenId;
import io.diskvault.session.view.SessionRow;
import io.diskvault.web.guard.SessionCookie;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;

/// Lets requests in that carry the cookie of a session, as the principal and with the token that it was made from. A
/// token in the request comes first, also a wrong one. The look-up reads the database, so it must not run on the
/// threads that serve the network.
@Singleton
final class SessionFetcher implements AuthenticationFetcher<HttpRequest<?>> {
    private final Sessions sessions;
    private final ExecutorService blocking;

    SessionFetcher(Sessions sessions, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.sessions = sessions;
        this.blocking = blocking;
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        Optional<String> cookie =
                request.getHeaders().contains(HttpHeaders.AUTHORIZATION) ? Optional.empty() : SessionCookie.in(request);
        return cookie.map(SessionSecret::new).map(this::authenticationOf).orElseGet(Publishers::empty);
    }

    private Publisher<Authentication> authenticationOf(SessionSecret secret) {
        return Publishers.fromCompletableFuture(
                () -> CompletableFuture.supplyAsync(() -> find(secret).orElse(null), blocking));
    }

    private Optional<Authentication> find(SessionSecret secret) {
        Optional<SessionRow> found = sessions.find(secret);
        found.ifPresent(sessions::used);
        return found.map(session -> new SignedIn(
                        Optional.ofNullable(session.token()).map(TokenId::new),
                        Optional.of(session.id()),
                        Optional.of(session.expiresAt()))
                .as(session.principal()));
    }
}
