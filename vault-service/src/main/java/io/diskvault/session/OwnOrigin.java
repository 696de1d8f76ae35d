package io.diskvault.session;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;

/// Whether a browser's request comes from a page of this server. Browsers say so themselves, and no page can make them
/// say something else.
public final class OwnOrigin {
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private OwnOrigin() {}

    /// @throws CommandRejected if it comes from elsewhere, or if nothing says where it comes from
    static void require(HttpRequest<?> request) {
        requireNotForeign(request);
        if (site(request).isEmpty() && origin(request).isEmpty()) {
            throw new CommandRejected(
                    SessionRejection.FOREIGN_ORIGIN, "Nothing says which page this request comes from.");
        }
    }

    /// @throws CommandRejected if it comes from elsewhere
    public static void requireNotForeign(HttpRequest<?> request) {
        site(request).filter(site -> !site.equals("same-origin")).ifPresent(site -> {
            throw new CommandRejected(
                    SessionRejection.FOREIGN_ORIGIN,
                    "The browser says that this request comes from elsewhere: %s.".formatted(Quoted.of(site)));
        });
        origin(request).filter(origin -> !isOwn(origin, request)).ifPresent(origin -> {
            throw new CommandRejected(
                    SessionRejection.FOREIGN_ORIGIN,
                    "This request comes from a page of %s.".formatted(Quoted.of(origin)));
        });
    }

    private static Optional<String> site(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get(FETCH_SITE));
    }

    private static Optional<String> origin(HttpRequest<?> request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeaders.ORIGIN));
    }

    /// Without TLS here there may be a proxy that has it, so the page may have come by either.
    private static boolean isOwn(String origin, HttpRequest<?> request) {
        String authority = Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        String page = origin.toLowerCase(Locale.ROOT);
        return !authority.isEmpty()
                && (page.equals("https://" + authority) || (!request.isSecure() && page.equals("http://" + authority)));
    }
}
