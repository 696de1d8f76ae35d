package io.diskvault.web.guard;

import io.diskvault.web.Problem;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stands before the sign-in: whoever has sent too many wrong tokens is answered 429 without a look at the next one.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SignInGuard implements Ordered {
    private final SignInThrottle throttle;

    SignInGuard(SignInThrottle throttle) {
        this.throttle = throttle;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.before();
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> holdOff(HttpRequest<?> request) {
        return token(request)
                .flatMap(token -> throttle.waitOf(address(request), token))
                .map(SignInGuard::later)
                .orElse(null);
    }

    @ResponseFilter
    void learn(HttpRequest<?> request, HttpResponse<?> response) {
        token(request).ifPresent(token -> {
            if (response.code() == HttpStatus.UNAUTHORIZED.getCode()) {
                throttle.failed(address(request), token);
            } else if (request.getUserPrincipal().isPresent()) {
                throttle.succeeded(address(request), token);
            }
        });
    }

    private static Optional<String> token(HttpRequest<?> request) {
        return request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    }

    private static InetAddress address(HttpRequest<?> request) {
        InetAddress address = request.getRemoteAddress().getAddress();
        return address == null ? InetAddress.getLoopbackAddress() : address;
    }

    private static HttpResponse<?> later(Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        return HttpResponse.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(seconds))
                .body(new Problem(
                        "urn:diskvault:problem:UserErrorTooManyFailedSignIns",
                        "Too Many Requests",
                        HttpStatus.TOO_MANY_REQUESTS.getCode(),
                        "UserErrorTooManyFailedSignIns",
                        "Too many requests from this address had no valid token.",
                        "Wait %d seconds, and send a token that is neither revoked nor expired.".formatted(seconds),
                        true))
                .contentType(MediaType.of(Problem.MEDIA_TYPE));
    }
}
