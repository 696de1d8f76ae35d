package io.diskvault.web.guard;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/// Tells browsers to take every answer for what it is, to keep none of it, and to show it in no other page.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SecurityHeaders implements Ordered {
    /// On every answer, also those that are given before there is a request.
    static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");

    /// What is no page loads nothing at all.
    static final String POLICY = "default-src 'none'; frame-ancestors 'none'";

    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

    /// Pages load what is this server's own, run no script written into them, and send forms nowhere else.
    private static final String PAGE_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static final String ONE_YEAR = "max-age=31536000";

    /// Around every other filter, so that their answers have them too.
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void protect(HttpRequest<?> request, MutableHttpResponse<?> response) {
        ALWAYS.forEach((name, value) -> response.getHeaders().set(name, value));
        boolean page = response.getContentType()
                .filter(type -> type.getName().equals(MediaType.TEXT_HTML))
                .isPresent();
        setIfAbsent(response, CONTENT_SECURITY_POLICY, page ? PAGE_POLICY : POLICY);
        setIfAbsent(response, HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.isSecure()) {
            response.getHeaders().set("Strict-Transport-Security", ONE_YEAR);
        }
    }

    private static void setIfAbsent(MutableHttpResponse<?> response, String name, String value) {
        if (!response.getHeaders().contains(name)) {
            response.getHeaders().set(name, value);
        }
    }
}
