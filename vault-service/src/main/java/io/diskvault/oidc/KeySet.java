package io.diskvault.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The public keys that a provider has published, by their ids.
record KeySet(Map<String, PublicKey> keys) {
    static final KeySet EMPTY = new KeySet(Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> CURVES =
            Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

    KeySet {
        keys = Map.copyOf(keys);
    }

    /// Reads a JWKS document. Keys that are not for signatures, and those of unknown kinds, are left out.
    static KeySet parse(byte[] document) throws IOException {
        Map<String, PublicKey> keys = new HashMap<>();
        JsonNode set = JSON.readTree(document).path("keys");
        if (!set.isArray()) {
            throw new IOException("there are no keys in it");
        }
        for (JsonNode key : set) {
            if (key.path("use").asText("sig").equals("sig") && key.path("kid").isTextual()) {
                read(key).ifPresent(known -> keys.put(key.path("kid").asText(), known));
            }
        }
        return new KeySet(keys);
    }

    private static Optional<PublicKey> read(JsonNode key) {
        try {
            return switch (key.path("kty").asText()) {
                case "RSA" ->
                    Optional.of(KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
                case "EC" -> Optional.of(elliptic(key));
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static PublicKey elliptic(JsonNode key) throws GeneralSecurityException {
        String curve = CURVES.get(key.path("crv").asText());
        if (curve == null) {
            throw new IllegalArgumentException("an unknown curve");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(number(key, "x"), number(key, "y")),
                        parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(JsonNode key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(field).asText()));
    }

    Optional<PublicKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }
}
