package io.diskvault.engine.chunk;

import io.diskvault.engine.cipher.Ciphers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// AES-256-GCM as chunks use it. The nonce is the place in the pack, which no other chunk of that pack has; the id
/// and the plain length are authenticated along, so that a chunk opens only as what it was written as. Belongs to one
/// thread.
final class ChunkCipher {

    static final int TAG_BYTES = 16;
    static final int NONCE_BYTES = 12;

    private final Cipher cipher = Ciphers.aesGcm();
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] boundTo = new byte[ChunkId.BYTES + Integer.BYTES];

    int encrypt(
            SecretKey key, long place, ChunkId id, int plainLength, byte[] in, int length, byte[] out, int outOffset) {
        try {
            start(Cipher.ENCRYPT_MODE, key, place, id, plainLength);
            return cipher.doFinal(in, 0, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot fail to encrypt.", e);
        }
    }

    /// @throws GeneralSecurityException when these bytes were not sealed as this chunk at this place under this key
    int decrypt(SecretKey key, long place, ChunkId id, int plainLength, byte[] in, int offset, int length, byte[] out)
            throws GeneralSecurityException {
        start(Cipher.DECRYPT_MODE, key, place, id, plainLength);
        return cipher.doFinal(in, offset, length, out, 0);
    }

    private void start(int mode, SecretKey key, long place, ChunkId id, int plainLength)
            throws GeneralSecurityException {
        ByteBuffer.wrap(nonce).putInt(0).putLong(place);
        ByteBuffer associated = ByteBuffer.wrap(boundTo);
        id.writeTo(associated);
        associated.putInt(plainLength);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(boundTo);
    }
}
