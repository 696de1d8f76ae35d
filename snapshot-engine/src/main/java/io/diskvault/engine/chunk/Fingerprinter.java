package io.diskvault.engine.chunk;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Takes fingerprints of blocks, several times faster than they can be named. Belongs to one thread.
///
/// A fingerprint is the tag of AES-256-GCM, with the block's number as nonce and a key that serves nothing else. Two
/// contents of one block have the same with a probability of at most 2^-110, whatever they are, as long as whoever
/// chose them does not know the key: the tag is a polynomial of the content at a secret point (NIST SP 800-38D).
/// That nonces come back with each backup would betray content or key to who sees what is encrypted, or tags:
/// the one is thrown away, the others are kept sealed.
public final class Fingerprinter implements AutoCloseable {

    private final Cipher cipher;
    private final SecretKey key;
    private final byte[] nonce = new byte[ChunkCipher.NONCE_BYTES];
    private final byte[] encrypted;

    /// @param blockBytes the most that a block may hold
    public Fingerprinter(SecretKey key, int blockBytes) {
        this.key = key;
        this.encrypted = new byte[blockBytes + ChunkCipher.TAG_BYTES];
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalStateException("Every Java runtime must offer AES/GCM/NoPadding.", e);
        }
    }

    /// @param block the block's number on its disk; never the same twice in succession
    public Fingerprint of(long block, byte[] content, int offset, int length) {
        ByteBuffer.wrap(nonce).putInt(0).putLong(block);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(ChunkCipher.TAG_BYTES * Byte.SIZE, nonce));
            cipher.doFinal(content, offset, length, encrypted, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot fail to encrypt.", e);
        }
        return Fingerprint.readFrom(ByteBuffer.wrap(encrypted, length, Fingerprint.BYTES));
    }

    @Override
    public void close() {
        Arrays.fill(encrypted, (byte) 0);
    }
}
