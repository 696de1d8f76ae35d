package io.diskvault.access;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.regex.Pattern;

/// Gives every request an id: the caller's own, if it is harmless, or a random one. The answer names it, and so does
/// every event that the request caused. It comes before all other filters, so that a refusal has one, too.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIdFilter {
    static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = "diskvault.request-id";

    /// It is stored for ever, and shown in logs and headers.
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    @RequestFilter
    void name(HttpRequest<?> request) {
        String asked = request.getHeaders().get(HEADER);
        request.setAttribute(ATTRIBUTE, asked != null && HARMLESS.matcher(asked).matches() ? asked : Callers.random());
    }

    @ResponseFilter
    void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        idOf(request).ifPresent(id -> response.header(HEADER, id));
    }

    static Optional<String> idOf(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class);
    }
}
