package io.diskvault.session;

import io.diskvault.access.SignedIn;
import io.diskvault.command.CommandRejected;
import io.diskvault.web.guard.SessionCookie;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Set;

/// Refuses what another site's page makes a browser ask for. A browser sends the cookie by itself, so a cookie alone
/// changes nothing: the request has to come from a page of this server, twice over. Tokens are sent by nobody but those
/// who have them, and need none of that.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ForgeryGuard implements Ordered {
    static final String HEADER = "X-CSRF-Token";

    private static final Set<HttpMethod> HARMLESS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /// After it is known who asks, and before anybody looks at what for.
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after() - 1;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        boolean byCookie = SignedIn.of(request).flatMap(SignedIn::session).isPresent();
        if (byCookie && !HARMLESS.contains(request.getMethod())) {
            OwnOrigin.require(request);
            requireToken(request);
        }
    }

    private static void requireToken(HttpRequest<?> request) {
        String shown = request.getHeaders().get(HEADER);
        boolean right = shown != null
                && SessionCookie.in(request)
                        .map(SessionSecret::new)
                        .filter(secret -> secret.isCsrfToken(shown))
                        .isPresent();
        if (!right) {
            throw new CommandRejected(
                    SessionRejection.CSRF_TOKEN_WRONG,
                    "A cookie alone changes nothing: the header %s of this session is missing or wrong."
                            .formatted(HEADER));
        }
    }
}
