package io.diskvault.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskvault.access.TokenSecret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What the browser has in its cookie. Only its hash is stored; a plain SHA-256 is enough for 256 random bits.
public record SessionSecret(String text) {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] CSRF = "diskvault csrf 1".getBytes(UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    static SessionSecret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionSecret(base64(bytes));
    }

    String hash() {
        return TokenSecret.hash(text);
    }

    /// What pages send along to show that they are this server's own: others can make the browser send the cookie, but
    /// cannot read what it is. It follows from the secret and says nothing about it, so nothing more is stored.
    public String csrfToken() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(text.getBytes(UTF_8), ALGORITHM));
            return base64(mac.doFinal(CSRF));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent); // every Java platform has it
        }
    }

    boolean isCsrfToken(String shown) {
        return MessageDigest.isEqual(csrfToken().getBytes(UTF_8), shown.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Without the secret, so that it cannot slip into a log.
    @Override
    public String toString() {
        return "SessionSecret";
    }
}
