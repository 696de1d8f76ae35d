package io.diskvault.web.guard;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The cookie that says which browser it is. No script reads it, no other site's page sends it, and it ends with the
/// browser.
///
/// Where the browser speaks TLS it is `Secure`, and its name makes the browser keep what neighbours in the domain, or
/// somebody on a way without TLS, would put in its place. Plain HTTP is spoken on loopback only; not every browser
/// would keep a secure cookie there.
public final class SessionCookie {
    private static final String PLAIN = "diskvault-session";
    private static final String SECURE = "__Host-" + PLAIN;

    private SessionCookie() {}

    /// The secret that a request brings; empty if it has no such cookie.
    public static Optional<String> in(HttpRequest<?> request) {
        Optional<String> kept = value(request, SECURE);
        return kept.isPresent() || request.isSecure() ? kept : value(request, PLAIN);
    }

    private static Optional<String> value(HttpRequest<?> request, String name) {
        return request.getCookies().findCookie(name).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    /// Hands the browser a secret.
    public static void give(HttpRequest<?> request, MutableHttpResponse<?> response, String secret) {
        response.cookie(cookie(speaksTls(request) ? SECURE : PLAIN, secret));
    }

    /// Makes the browser forget what it sent.
    public static void take(HttpRequest<?> request, MutableHttpResponse<?> response) {
        for (String name : List.of(SECURE, PLAIN)) {
            if (value(request, name).isPresent()) {
                response.cookie(cookie(name, "").maxAge(0));
            }
        }
    }

    private static Cookie cookie(String name, String value) {
        return Cookie.of(name, value)
                .path("/")
                .httpOnly(true)
                .sameSite(SameSite.Strict)
                .secure(name.equals(SECURE));
    }

    /// Behind a proxy that has TLS, only the browser knows: it names the origin of the page that asks.
    private static boolean speaksTls(HttpRequest<?> request) {
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        return request.isSecure()
                || (origin != null && origin.toLowerCase(Locale.ROOT).startsWith("https://"));
    }
}
