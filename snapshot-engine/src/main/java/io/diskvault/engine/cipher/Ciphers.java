package io.diskvault.engine.cipher;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;

/// AES-256-GCM and HMAC-SHA-256: machine code of Amazon's Corretto provider where it has some for this platform, and
/// the Java runtime's own elsewhere. Both compute the same. The provider's is as fast at its first call as at its
/// millionth, where the runtime's has to be compiled first, which is what most of a short command's time went into
/// (docs/adr/0007-chunk-size-and-speed.md).
public final class Ciphers {

    private static final Optional<Provider> NATIVE = load();

    private Ciphers() {}

    public static Cipher aesGcm() {
        try {
            return NATIVE.isPresent()
                    ? Cipher.getInstance("AES/GCM/NoPadding", NATIVE.get())
                    : Cipher.getInstance("AES/GCM/NoPadding");
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalStateException("Every Java runtime must offer AES/GCM/NoPadding.", e);
        }
    }

    public static Mac hmacSha256() {
        try {
            return NATIVE.isPresent() ? Mac.getInstance("HmacSHA256", NATIVE.get()) : Mac.getInstance("HmacSHA256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime must offer HmacSHA256.", e);
        }
    }

    /// Whether the ciphers are machine code from the start.
    public static boolean areNative() {
        return NATIVE.isPresent();
    }

    private static Optional<Provider> load() {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        return provider.getLoadingError() == null ? Optional.of(provider) : Optional.empty();
    }
}
