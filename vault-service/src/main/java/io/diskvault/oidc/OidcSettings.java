package io.diskvault.oidc;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.stream.Stream;

/// Which OpenID Connect provider vouches for people. All of the first three or none.
///
/// @param issuer the provider, exactly as its tokens name it in `iss`; none unless set
/// @param audience what its tokens have in `aud` when they are for this server
/// @param jwksUrl where it publishes its keys; https, or http on loopback
/// @param nameClaim the claim that names the person. It must be one that people cannot choose themselves
@ConfigurationProperties("diskvault.oidc")
public record OidcSettings(
        @Bindable(defaultValue = "") String issuer,
        @Bindable(defaultValue = "") String audience,
        @Bindable(defaultValue = "") String jwksUrl,
        @Bindable(defaultValue = "sub") String nameClaim) {
    public OidcSettings {
        long set = Stream.of(issuer, audience, jwksUrl)
                .filter(text -> !text.isBlank())
                .count();
        if (set > 0 && set < 3) {
            throw new ConfigurationException(
                    "Of diskvault.oidc.issuer, diskvault.oidc.audience and diskvault.oidc.jwks-url only some are set; set"
                            + " all three, or none.");
        }
        if (set == 3 && !isSafe(jwksUrl)) {
            throw new ConfigurationException(
                    "diskvault.oidc.jwks-url is %s; an https address is needed: whoever changes".formatted(jwksUrl)
                            + " the keys on the way signs in as anybody.");
        }
        if (nameClaim.isBlank()) {
            throw new ConfigurationException("diskvault.oidc.name-claim is empty; name the claim, like sub.");
        }
    }

    private static boolean isSafe(String url) {
        try {
            URI address = URI.create(url);
            String host = String.valueOf(address.getHost());
            boolean loopback = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
            return "https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && loopback);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    boolean configured() {
        return !issuer.isBlank();
    }
}
