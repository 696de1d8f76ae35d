package io.diskvault.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// The secret text of an API token. Only its hash is ever stored; a plain SHA-256 is enough, because a secret of 256
/// random bits cannot be guessed from its hash.
public record TokenSecret(String text) {
    /// Shorter ones, chosen by hand, could be guessed.
    private static final int LENGTH_MIN = 24;

    private static final SecureRandom RANDOM = new SecureRandom();

    public TokenSecret {
        if (text.length() < LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "an API token has at least %d characters, this one %d".formatted(LENGTH_MIN, text.length()));
        }
    }

    /// A new secret of 256 random bits.
    public static TokenSecret random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new TokenSecret("dv_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// What is stored instead of the secret: SHA-256 in hexadecimal.
    public static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent); // every Java platform has it
        }
    }

    String hash() {
        return hash(text);
    }

    /// Without the secret, so that it cannot slip into a log.
    @Override
    public String toString() {
        return "TokenSecret";
    }
}
