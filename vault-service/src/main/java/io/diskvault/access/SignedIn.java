package io.diskvault.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What is known, beside the name, about whoever was let in. None of it is a secret.
///
/// @param token the token that was shown, or that a session was made from; empty if it is none of ours
/// @param session the session, if it came by the cookie of a browser
/// @param until when it ends, if what was shown says so itself
public record SignedIn(Optional<TokenId> token, Optional<UUID> session, Optional<Instant> until) {
    static final String TOKEN = "token";
    private static final String SESSION = "session";
    private static final String UNTIL = "until";

    /// Reads what [#as] wrote.
    public static SignedIn of(Authentication authentication) {
        return new SignedIn(
                text(authentication, TOKEN).map(UUID::fromString).map(TokenId::new),
                text(authentication, SESSION).map(UUID::fromString),
                text(authentication, UNTIL).map(Instant::parse));
    }

    /// About whoever sent a request; empty if nobody has signed in.
    public static Optional<SignedIn> of(HttpRequest<?> request) {
        return request.getUserPrincipal(Authentication.class).map(SignedIn::of);
    }

    private static Optional<String> text(Authentication authentication, String name) {
        return Optional.ofNullable(authentication.getAttributes().get(name)).map(Object::toString);
    }

    /// Lets a principal in.
    public Authentication as(String principal) {
        Map<String, Object> attributes = new HashMap<>();
        token.ifPresent(id -> attributes.put(TOKEN, id.value().toString()));
        session.ifPresent(id -> attributes.put(SESSION, id.toString()));
        until.ifPresent(instant -> attributes.put(UNTIL, instant.toString()));
        return Authentication.build(principal, attributes);
    }
}
