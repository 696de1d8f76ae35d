package io.diskvault.web.guard;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stands before the sign-in: whoever has sent too many wrong tokens or cookies is answered 429 without a look at the
/// next one.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SignInGuard implements Ordered {
    private final SignIns signIns;

    SignInGuard(SignIns signIns) {
        this.signIns = signIns;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> holdOff(HttpRequest<?> request) {
        return secret(request)
                .flatMap(secret -> signIns.holdOff(request, secret))
                .orElse(null);
    }

    @ResponseFilter
    void learn(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (SignIns.isJudgedByEndpoint(request)) {
            return;
        }
        secret(request).ifPresent(secret -> {
            if (response.code() == HttpStatus.UNAUTHORIZED.getCode()) {
                signIns.failed(request, secret);
                if (!request.getHeaders().contains(HttpHeaders.AUTHORIZATION)) {
                    // A page asks again and again; what has ended must not count as a new guess each time.
                    SessionCookie.take(request, response);
                }
            } else if (request.getUserPrincipal().isPresent()) {
                signIns.succeeded(request, secret);
            }
        });
    }

    private static Optional<String> secret(HttpRequest<?> request) {
        return request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION).or(() -> SessionCookie.in(request));
    }
}
