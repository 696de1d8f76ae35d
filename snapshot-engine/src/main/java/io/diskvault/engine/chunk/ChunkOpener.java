package io.diskvault.engine.chunk;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.format.Checksum;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;

/// Decrypts, decompresses and checks chunks. Belongs to one thread; must be closed, because the decompressor holds
/// native
/// memory.
public final class ChunkOpener implements AutoCloseable {

    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private final ChunkCipher cipher = new ChunkCipher();
    private final byte[] frame;

    public ChunkOpener(int plainBytesMax) {
        frame = new byte[ChunkSealer.sealedBytesMax(plainBytesMax)];
    }

    /// Opens a sealed chunk into a buffer, which then stands behind it.
    ///
    /// The seal says that these are the bytes that were sealed as this chunk; the checksum within it, made when the
    /// chunk got its id, that they were right when they were sealed: a bit that flipped in memory before has a
    /// perfect seal. Together they find what computing the id anew would, in a tenth of its time.
    ///
    /// @throws CorruptDatastoreException when it is not, byte for byte, the chunk that was asked for
    public void open(
            byte[] sealed, int length, ChunkId id, int plainLength, SecretKey packKey, long place, ByteBuffer plain)
            throws CorruptDatastoreException {
        int frameLength;
        try {
            frameLength = cipher.decrypt(packKey, place, id, plainLength, sealed, 0, length, frame);
        } catch (GeneralSecurityException e) {
            throw new CorruptDatastoreException("The seal of chunk " + id + " is broken.", e);
        }
        if (frameLength < ChunkSealer.FRAME_HEADER_BYTES || unpack(frameLength, plain, plainLength) != plainLength) {
            throw new CorruptDatastoreException("Chunk " + id + " does not have the length it must have.");
        }
        if (ByteBuffer.wrap(frame).getInt(1) != Checksum.crc32c(plain.slice(plain.position(), plainLength))) {
            throw new CorruptDatastoreException("The content of chunk " + id + " is not what its checksum says.");
        }
        plain.position(plain.position() + plainLength);
    }

    /// Unpacks the frame to where the buffer stands, and answers how long the content is.
    private int unpack(int frameLength, ByteBuffer plain, int plainLength) throws CorruptDatastoreException {
        int start = ChunkSealer.FRAME_HEADER_BYTES;
        int length = frameLength - start;
        switch (frame[0]) {
            case ChunkSealer.STORED -> {
                plain.put(plain.position(), frame, start, Math.min(length, plainLength));
                return length;
            }
            case ChunkSealer.ZSTD -> {
                try {
                    return decompress(plain, plainLength, start, length);
                } catch (ZstdException e) {
                    throw new CorruptDatastoreException("A chunk cannot be decompressed.", e);
                }
            }
            default -> throw new CorruptDatastoreException("A chunk is packed in the unknown way " + frame[0] + ".");
        }
    }

    private int decompress(ByteBuffer plain, int plainLength, int start, int length) {
        return plain.isDirect()
                ? decompressor.decompressByteArrayToDirectByteBuffer(
                        plain, plain.position(), plainLength, frame, start, length)
                : decompressor.decompressByteArray(
                        plain.array(), plain.arrayOffset() + plain.position(), plainLength, frame, start, length);
    }

    @Override
    public void close() {
        decompressor.close();
    }
}
