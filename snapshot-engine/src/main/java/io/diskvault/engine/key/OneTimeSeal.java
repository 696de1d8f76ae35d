package io.diskvault.engine.key;

import io.diskvault.engine.cipher.Ciphers;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-256-GCM for one small thing under a key that is used for nothing else, which is why its nonce may be all
/// zeros.
public final class OneTimeSeal {

    public static final int TAG_BYTES = 16;
    private static final int NONCE_BYTES = 12;

    private final SecretKey key;

    OneTimeSeal(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    public byte[] seal(byte[] plain, byte[] boundTo) {
        try {
            return run(Cipher.ENCRYPT_MODE, plain, boundTo);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot fail to encrypt.", e);
        }
    }

    /// @throws GeneralSecurityException when the key, the sealed bytes or what they are bound to is not the same
    public byte[] open(byte[] sealed, byte[] boundTo) throws GeneralSecurityException {
        return run(Cipher.DECRYPT_MODE, sealed, boundTo);
    }

    private byte[] run(int mode, byte[] bytes, byte[] boundTo) throws GeneralSecurityException {
        Cipher cipher = Ciphers.aesGcm();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, new byte[NONCE_BYTES]));
        cipher.updateAAD(boundTo);
        return cipher.doFinal(bytes);
    }
}
