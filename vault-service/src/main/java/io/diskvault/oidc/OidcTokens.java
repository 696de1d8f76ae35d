package io.diskvault.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Says whom a provider's token names. Whatever is doubtful about a token makes it nobody's.
@Singleton
class OidcTokens {
    /// What tells these principals from others.
    static final String PREFIX = "oidc:";

    /// By how much the provider's clock and ours may differ.
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final int LENGTH_MAX = 16_384;
    private static final int NAME_LENGTH_MAX = 200;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final OidcSettings settings;
    private final ProviderKeys keys;
    private final Clock clock;

    OidcTokens(OidcSettings settings, ProviderKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    /// Whom a token stands for.
    ///
    /// @param until when that ends
    record Bearer(String principal, Instant until) {}

    /// Whom a token stands for; empty if it is none of the provider's for us, today.
    Optional<Bearer> bearerOf(String token) {
        String[] parts = token.split("\\.", -1);
        if (!settings.configured() || parts.length != 3 || token.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            JsonNode header = json(parts[0]);
            if (!header.isObject() || header.has("crit") || !isSigned(header, parts)) {
                return Optional.empty();
            }
            JsonNode claims = json(parts[1]);
            return isForUsNow(claims)
                    ? nameOf(claims)
                            .map(name -> new Bearer(name, time(claims, "exp").plus(SKEW)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private boolean isSigned(JsonNode header, String[] parts) {
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        return Algorithm.of(header.path("alg").asText())
                .filter(algorithm -> header.path("kid").isTextual()
                        && keys.find(header.path("kid").asText())
                                .filter(key -> algorithm.verifies(key, signed, signature))
                                .isPresent())
                .isPresent();
    }

    private boolean isForUsNow(JsonNode claims) {
        Instant now = clock.instant();
        return settings.issuer().equals(claims.path("iss").asText(null))
                && isForUs(claims.path("aud"))
                && claims.path("exp").isNumber()
                && now.isBefore(time(claims, "exp").plus(SKEW))
                && (!claims.has("nbf") || hasBegun(claims, now));
    }

    private static boolean hasBegun(JsonNode claims, Instant now) {
        return claims.path("nbf").isNumber()
                && !now.isBefore(time(claims, "nbf").minus(SKEW));
    }

    private boolean isForUs(JsonNode audience) {
        return audience.isTextual()
                ? audience.asText().equals(settings.audience())
                : audience.isArray()
                        && StreamSupport.stream(audience.spliterator(), false)
                                .anyMatch(one -> one.isTextual() && one.asText().equals(settings.audience()));
    }

    /// Seconds outside of what a calendar knows belong to no time.
    private static Instant time(JsonNode claims, String name) {
        double seconds = claims.path(name).asDouble();
        if (!(Math.abs(seconds) < 1e11)) {
            throw new IllegalArgumentException(name + " is no time");
        }
        return Instant.ofEpochSecond((long) seconds);
    }

    private Optional<String> nameOf(JsonNode claims) {
        JsonNode name = claims.path(settings.nameClaim());
        return Optional.of(name)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank()
                        && text.length() <= NAME_LENGTH_MAX
                        && text.codePoints().allMatch(OidcTokens::isVisible))
                .map(text -> PREFIX + text);
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

    private static JsonNode json(String part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }
}
