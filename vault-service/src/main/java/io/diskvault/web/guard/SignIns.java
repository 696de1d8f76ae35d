package io.diskvault.web.guard;

import io.diskvault.web.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// Whether a request's secret is looked at now, and whether it was right. [SignInGuard] asks for what stands in
/// headers; an endpoint that takes a secret in its body asks by itself.
@Singleton
public final class SignIns {
    private static final String BY_ENDPOINT = "diskvault.sign-in";

    private final SignInThrottle throttle;

    SignIns(SignInThrottle throttle) {
        this.throttle = throttle;
    }

    /// Says that the endpoint judges a secret in the body; what else the request brings is not judged then.
    ///
    /// @return the answer, if the secret must not be looked at now
    public Optional<MutableHttpResponse<?>> holdOffBody(HttpRequest<?> request, String secret) {
        request.setAttribute(BY_ENDPOINT, true);
        return holdOff(request, secret);
    }

    static boolean isJudgedByEndpoint(HttpRequest<?> request) {
        return request.getAttribute(BY_ENDPOINT).isPresent();
    }

    Optional<MutableHttpResponse<?>> holdOff(HttpRequest<?> request, String secret) {
        return throttle.waitOf(address(request), secret).map(SignIns::later);
    }

    /// The secret was wrong.
    public void failed(HttpRequest<?> request, String secret) {
        throttle.failed(address(request), secret);
    }

    /// The secret was right.
    public void succeeded(HttpRequest<?> request, String secret) {
        throttle.succeeded(address(request), secret);
    }

    private static InetAddress address(HttpRequest<?> request) {
        InetAddress address = request.getRemoteAddress().getAddress();
        return address == null ? InetAddress.getLoopbackAddress() : address;
    }

    private static MutableHttpResponse<?> later(Duration wait) {
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
