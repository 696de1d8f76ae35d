package io.diskvault.engine.chunk;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.diskvault.engine.CorruptDatastoreException;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;

/// Decrypts, decompresses and checks chunks. Belongs to one thread; must be closed, because the decompressor holds
/// native
/// memory.
public final class ChunkOpener implements AutoCloseable {

    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private final ChunkCipher cipher = new ChunkCipher();
    private final ChunkHasher hasher;
    private final byte[] frame;

    public ChunkOpener(SecretKey chunkIdKey, int plainBytesMax) {
        hasher = new ChunkHasher(chunkIdKey);
        frame = new byte[ChunkSealer.sealedBytesMax(plainBytesMax)];
    }

    /// Opens a sealed chunk into the start of an array.
    ///
    /// The id is computed anew although the seal was authentic: a chunk that was already wrong in memory when it
    /// was sealed has a perfect seal.
    ///
    /// @throws CorruptDatastoreException when it is not, byte for byte, the chunk that was asked for
    public void open(
            byte[] sealed, int length, ChunkId id, int plainLength, SecretKey packKey, long place, byte[] plain)
            throws CorruptDatastoreException {
        int frameLength;
        try {
            frameLength = cipher.decrypt(packKey, place, id, plainLength, sealed, 0, length, frame);
        } catch (GeneralSecurityException e) {
            throw new CorruptDatastoreException("The seal of chunk " + id + " is broken.", e);
        }
        if (frameLength < 1 || unpack(frameLength, plain, plainLength) != plainLength) {
            throw new CorruptDatastoreException("Chunk " + id + " does not have the length it must have.");
        }
        if (!hasher.id(plain, 0, plainLength).equals(id)) {
            throw new CorruptDatastoreException("The content of chunk " + id + " is not what its id says.");
        }
    }

    private int unpack(int frameLength, byte[] plain, int plainLength) throws CorruptDatastoreException {
        int length = frameLength - 1;
        switch (frame[0]) {
            case ChunkSealer.STORED -> {
                System.arraycopy(frame, 1, plain, 0, Math.min(length, plainLength));
                return length;
            }
            case ChunkSealer.ZSTD -> {
                try {
                    return decompressor.decompressByteArray(plain, 0, plainLength, frame, 1, length);
                } catch (ZstdException e) {
                    throw new CorruptDatastoreException("A chunk cannot be decompressed.", e);
                }
            }
            default -> throw new CorruptDatastoreException("A chunk is packed in the unknown way " + frame[0] + ".");
        }
    }

    @Override
    public void close() {
        decompressor.close();
    }
}
