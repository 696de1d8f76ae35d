package io.diskvault.engine.chunk;

import io.diskvault.engine.cipher.Ciphers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Takes fingerprints of blocks, many times faster than they can be named. Belongs to one thread.
///
/// A fingerprint is the tag of AES-256-GCM over associated data alone (GMAC), with the block's number as nonce and a
/// key that serves nothing else. Two contents of one block have the same with a probability of at most 2^-110,
/// whatever they are, as long as whoever chose them does not know the key: the tag is a polynomial of the content at
/// a secret point (NIST SP 800-38D). That nonces come back with each backup would betray the key to who sees tags of
/// one nonce: they are kept sealed.
public final class Fingerprinter {

    private final Cipher cipher = Ciphers.aesGcm();
    private final SecretKey key;
    private final byte[] nonce = new byte[ChunkCipher.NONCE_BYTES];
    private final byte[] tag = new byte[ChunkCipher.TAG_BYTES];

    public Fingerprinter(SecretKey key) {
        this.key = key;
    }

    /// @param block the block's number on its disk; never the same twice in succession
    public Fingerprint of(long block, byte[] content, int offset, int length) {
        ByteBuffer.wrap(nonce).putInt(0).putLong(block);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(ChunkCipher.TAG_BYTES * Byte.SIZE, nonce));
            cipher.updateAAD(content, offset, length);
            cipher.doFinal(tag, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot fail to authenticate.", e);
        }
        return Fingerprint.readFrom(ByteBuffer.wrap(tag));
    }
}
