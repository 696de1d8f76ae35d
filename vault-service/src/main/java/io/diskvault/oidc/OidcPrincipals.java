package io.diskvault.oidc;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jwt.JWT;
import io.diskvault.access.SignedIn;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.jwt.validator.DefaultJwtAuthenticationFactory;
import io.micronaut.security.token.jwt.validator.JwtAuthenticationFactory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says whom a token of the provider names. Whatever is doubtful about its claims makes it nobody's, and none of them
/// is believed but the name. The framework's own checks leave more open: an issuer of another protocol, a token that
/// never ends.
@Singleton
@Replaces(DefaultJwtAuthenticationFactory.class)
final class OidcPrincipals implements JwtAuthenticationFactory {
    /// What tells these principals from others.
    private static final String PREFIX = "oidc:";

    /// By how much the provider's clock and ours may differ.
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final int NAME_LENGTH_MAX = 200;

    private final OidcSettings settings;
    private final Clock clock;

    OidcPrincipals(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// @param token one with a signature that counts
    @Override
    public Optional<Authentication> createAuthentication(JWT token) {
        Map<String, Object> claims =
                token instanceof JWSObject signed ? signed.getPayload().toJSONObject() : null;
        if (claims == null || !settings.configured() || !isForUsNow(claims)) {
            return Optional.empty();
        }
        return time(claims, "exp")
                .flatMap(end -> nameOf(claims)
                        .map(name -> new SignedIn(Optional.empty(), Optional.empty(), Optional.of(end.plus(SKEW)))
                                .as(name)));
    }

    private boolean isForUsNow(Map<String, Object> claims) {
        Instant now = clock.instant();
        return settings.issuer().equals(claims.get("iss"))
                && isForUs(claims.get("aud"))
                && time(claims, "exp")
                        .filter(end -> now.isBefore(end.plus(SKEW)))
                        .isPresent()
                && (!claims.containsKey("nbf")
                        || time(claims, "nbf")
                                .filter(start -> !now.isBefore(start.minus(SKEW)))
                                .isPresent());
    }

    private boolean isForUs(@Nullable Object audience) {
        return audience instanceof List<?> several
                ? several.contains(settings.audience())
                : settings.audience().equals(audience);
    }

    /// Seconds outside of what a calendar knows belong to no time.
    private static Optional<Instant> time(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof Number seconds && Math.abs(seconds.doubleValue()) < 1e11
                ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                : Optional.empty();
    }

    private Optional<String> nameOf(Map<String, Object> claims) {
        return claims.get(settings.nameClaim()) instanceof String name
                        && !name.isBlank()
                        && name.length() <= NAME_LENGTH_MAX
                        && name.codePoints().allMatch(OidcPrincipals::isVisible)
                ? Optional.of(PREFIX + name)
                : Optional.empty();
    }

    /// Names are shown in lists and logs: no control characters and nothing that turns the direction of text.
    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
