package io.diskvault.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The public keys that a provider has published, by their ids.
record KeySet(Map<String, JWK> keys) {
    static final KeySet EMPTY = new KeySet(Map.of());

    private static final int RSA_BITS_MIN = 2048;

    KeySet {
        keys = Map.copyOf(keys);
    }

    /// Reads a JWKS document. Keys that are not for signatures, and those of unknown kinds, are left out.
    static KeySet parse(byte[] document) throws IOException {
        Map<String, JWK> keys = new HashMap<>();
        try {
            for (JWK key : JWKSet.parse(new String(document, UTF_8)).getKeys()) {
                if (key.getKeyID() != null && isForSignatures(key) && isStrong(key)) {
                    keys.put(key.getKeyID(), key);
                }
            }
        } catch (ParseException malformed) {
            throw new IOException("these are no keys", malformed);
        }
        return new KeySet(keys);
    }

    private static boolean isForSignatures(JWK key) {
        return key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    }

    private static boolean isStrong(JWK key) {
        return switch (key) {
            case RSAKey rsa -> rsa.size() >= RSA_BITS_MIN;
            case ECKey _ -> true;
            default -> false;
        };
    }

    Optional<JWK> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }
}
