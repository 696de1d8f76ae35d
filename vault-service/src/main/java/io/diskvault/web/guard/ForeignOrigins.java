package io.diskvault.web.guard;

import io.diskvault.web.Problem;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/// On loopback the framework itself refuses whatever a page of another site asks for, without a word; here it gets one.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class ForeignOrigins implements Ordered {
    /// The code of such a refusal.
    public static final String CODE = "UserErrorForeignOrigin";

    /// What can be done about it.
    public static final String ACTION =
            "Use this server's own page, or send a token instead of a cookie. A proxy in between has to leave the header"
                    + " Host as it is.";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @ResponseFilter
    void explain(HttpRequest<?> request, MutableHttpResponse<?> response) {
        boolean unexplained = response.code() == HttpStatus.FORBIDDEN.getCode() && response.body() == null;
        if (unexplained && request.getHeaders().contains(HttpHeaders.ORIGIN)) {
            response.body(Problem.of(403, "Forbidden", CODE, "This request comes from a page of another site.", ACTION))
                    .contentType(MediaType.of(Problem.MEDIA_TYPE));
        }
    }
}
