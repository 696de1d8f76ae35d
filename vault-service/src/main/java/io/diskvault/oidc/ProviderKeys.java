package io.diskvault.oidc;

import com.nimbusds.jose.jwk.JWK;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The provider's keys, fetched when they are needed. A key that is not known yet makes us ask again, because providers
/// change their keys; but not more often than [#AGAIN], or anybody could make us flood the provider with made up ids.
@Singleton
class ProviderKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);

    private static final Duration AGAIN = Duration.ofSeconds(30);

    /// A key that the provider has withdrawn is good for this long at most, also while the provider cannot be reached.
    private static final Duration AGE_MAX = Duration.ofMinutes(15);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BYTES_MAX = 1 << 20;

    private final OidcSettings settings;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private KeySet keys = KeySet.EMPTY;
    private Instant fetched = Instant.MIN;
    private Instant asked = Instant.MIN;

    ProviderKeys(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    synchronized Optional<JWK> find(String id) {
        Instant now = clock.instant();
        boolean old = fetched.isBefore(now.minus(AGE_MAX));
        if ((old || keys.find(id).isEmpty()) && asked.isBefore(now.minus(AGAIN))) {
            asked = now;
            fetch(now);
        }
        return fetched.isBefore(now.minus(AGE_MAX)) ? Optional.empty() : keys.find(id);
    }

    private void fetch(Instant now) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.jwksUrl()))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("status " + answer.statusCode());
                }
                keys = KeySet.parse(body.readNBytes(BYTES_MAX));
                fetched = now;
            }
        } catch (IOException failure) {
            LOG.warn(
                    "The keys of the OpenID Connect provider cannot be read from {}: {}",
                    settings.jwksUrl(),
                    failure.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
