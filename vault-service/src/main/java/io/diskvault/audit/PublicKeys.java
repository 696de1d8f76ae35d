package io.diskvault.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// Public keys as text (PEM), and how they are named.
final class PublicKeys {
    static final String ALGORITHM = "Ed25519";
    private static final String LABEL = "PUBLIC KEY";

    private PublicKeys() {}

    /// SHA-256 of the key in its X.509 encoding, in hexadecimal.
    static String fingerprint(PublicKey key) {
        return HexFormat.of().formatHex(ChainLink.sha256().digest(key.getEncoded()));
    }

    static String pem(PublicKey key) {
        return pem(LABEL, key.getEncoded());
    }

    static PublicKey parse(String pem) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(content(LABEL, pem)));
    }

    static String pem(String label, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), label);
    }

    /// The block of that label, wherever it is in the text.
    static byte[] content(String label, String pem) throws GeneralSecurityException {
        String begin = "-----BEGIN " + label + "-----";
        int start = pem.indexOf(begin);
        int end = pem.indexOf("-----END " + label + "-----");
        if (start < 0 || end < start) {
            throw new GeneralSecurityException("there is no " + label + " in it");
        }
        try {
            return Base64.getMimeDecoder()
                    .decode(pem.substring(start + begin.length(), end).getBytes(US_ASCII));
        } catch (IllegalArgumentException malformed) {
            throw new GeneralSecurityException(malformed);
        }
    }
}
