package io.diskvault.engine.chunk;

import io.diskvault.engine.cipher.Ciphers;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;

/// Names chunks. Belongs to one thread.
public final class ChunkHasher {

    private final Mac mac = Ciphers.hmacSha256();
    private final byte[] result = new byte[ChunkId.BYTES];

    public ChunkHasher(SecretKey chunkIdKey) {
        try {
            mac.init(chunkIdKey);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("HMAC-SHA-256 takes every key.", e);
        }
    }

    public ChunkId id(byte[] plain, int offset, int length) {
        mac.update(plain, offset, length);
        try {
            mac.doFinal(result, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("HMAC-SHA-256 gives " + ChunkId.BYTES + " bytes.", e);
        }
        return ChunkId.readFrom(ByteBuffer.wrap(result));
    }
}
