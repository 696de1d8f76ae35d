package io.diskvault.session.web;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.SignedIn;
import io.diskvault.command.CommandRejected;
import io.diskvault.session.OwnOrigin;
import io.diskvault.session.SessionRejection;
import io.diskvault.session.SessionSecret;
import io.diskvault.session.Sessions;
import io.diskvault.session.Sessions.Opened;
import io.diskvault.session.TokenCheck;
import io.diskvault.session.view.SessionRow;
import io.diskvault.web.guard.SessionCookie;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.rules.SecurityRule;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `/api/v1/session`: the session of the browser that asks.
@Controller("/api/v1/session")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SessionController {
    private final Sessions sessions;
    private final TokenCheck tokens;

    SessionController(Sessions sessions, TokenCheck tokens) {
        this.sessions = sessions;
        this.tokens = tokens;
    }

    /// @param token a secret; absent if it is in the header
    record SignInRequest(
            @Nullable @JsonDeserialize(using = FormText.class)
            String token) {
        /// Without the secret, so that it cannot slip into a log.
        @Override
        public String toString() {
            return "SignInRequest";
        }
    }

    /// @param token the id of the token that it was made from; null if a provider vouched for the principal
    /// @param expiresAt when it ends, however much it is used
    /// @param csrfToken for the header X-CSRF-Token of every request of this session that changes something
    record OwnSessionResponse(
            UUID id, String principal, @Nullable UUID token, Instant createdTime, Instant expiresAt, String csrfToken) {
        static OwnSessionResponse of(SessionRow row, SessionSecret secret) {
            return new OwnSessionResponse(
                    row.id(), row.principal(), row.token(), row.createdAt(), row.expiresAt(), secret.csrfToken());
        }

        /// Without the secret, so that it cannot slip into a log.
        @Override
        public String toString() {
            return "OwnSessionResponse[" + id + "]";
        }
    }

    /// Makes a session from the token in the header, or else from that in the body, which a form can send too. The
    /// session that the browser had before ends.
    @Post(consumes = {MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Allow(value = Permission.TOKENS_WRITE, checkedInside = true)
    HttpResponse<?> signIn(HttpRequest<?> request, @Body @Nullable SignInRequest body) {
        if (request.getHeaders().contains(HttpHeaders.AUTHORIZATION)) {
            return open(
                    request,
                    request.getUserPrincipal(Authentication.class).orElseThrow(() -> new AuthorizationException(null)));
        }
        String token = body == null ? null : body.token();
        if (token == null || token.isEmpty()) {
            throw new CommandRejected(SessionRejection.TOKEN_MISSING, "There is no token to sign in with.");
        }
        // Another site must not sign somebody in as somebody else, either.
        OwnOrigin.requireNotForeign(request);
        Optional<MutableHttpResponse<?>> wait = tokens.holdOff(request, token);
        return wait.isPresent() ? wait.get() : open(request, tokens.require(request, token));
    }

    private HttpResponse<?> open(HttpRequest<?> request, Authentication by) {
        Opened opened = sessions.open(by.getName(), SignedIn.of(by));
        current(request).ifPresent(before -> sessions.end(before.id()));
        MutableHttpResponse<?> response =
                HttpResponse.created(OwnSessionResponse.of(opened.session(), opened.secret()));
        SessionCookie.give(request, response, opened.secret().text());
        return response;
    }

    private Optional<SessionRow> current(HttpRequest<?> request) {
        return SessionCookie.in(request).map(SessionSecret::new).flatMap(sessions::find);
    }

    /// What the browser's pages have to know after they were loaded anew.
    @Get
    @Allow(value = Permission.TOKENS_WRITE, checkedInside = true)
    OwnSessionResponse show(HttpRequest<?> request) {
        SessionSecret secret = secretOf(request);
        return OwnSessionResponse.of(sessions.find(secret).orElseThrow(SessionController::notSignedIn), secret);
    }

    /// Signs out.
    @Delete
    @Allow(value = Permission.TOKENS_WRITE, checkedInside = true)
    HttpResponse<?> signOut(HttpRequest<?> request) {
        sessions.find(secretOf(request)).ifPresent(session -> sessions.end(session.id()));
        MutableHttpResponse<?> response = HttpResponse.noContent();
        SessionCookie.take(request, response);
        return response;
    }

    /// @throws CommandRejected if the request was let in by a token, whatever cookie it has beside it
    private static SessionSecret secretOf(HttpRequest<?> request) {
        return SignedIn.of(request)
                .flatMap(SignedIn::session)
                .flatMap(_ -> SessionCookie.in(request))
                .map(SessionSecret::new)
                .orElseThrow(SessionController::notSignedIn);
    }

    private static CommandRejected notSignedIn() {
        return new CommandRejected(SessionRejection.NOT_SIGNED_IN, "This request belongs to no session.");
    }
}
