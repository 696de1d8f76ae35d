package io.diskvault.engine.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.diskvault.engine.format.Checksum;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.SecretKey;

/// Compresses and encrypts chunks. Belongs to one thread; must be closed, because the compressor holds native memory.
public final class ChunkSealer implements AutoCloseable {

    static final byte STORED = 0;
    static final byte ZSTD = 1;

    /// The fastest level: on disk content it stores a few per cent more than the usual one and takes half its time.
    private static final int ZSTD_LEVEL = 1;

    /// What that level takes for large inputs; its choice for small ones is slower and stores 2 % less.
    private static final int ZSTD_MATCH_BYTES_MIN = 7;

    /// What stands before the payload in a frame: the method and a checksum of the content.
    static final int FRAME_HEADER_BYTES = 1 + Checksum.CRC_BYTES;

    private static final int OVERHEAD_BYTES = FRAME_HEADER_BYTES + ChunkCipher.TAG_BYTES;

    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ChunkCipher cipher = new ChunkCipher();
    private final byte[] frame;

    public ChunkSealer(int plainBytesMax) {
        frame = new byte[FRAME_HEADER_BYTES + Math.toIntExact(Zstd.compressBound(plainBytesMax))];
        compressor.setLevel(ZSTD_LEVEL);
        compressor.setMinMatch(ZSTD_MATCH_BYTES_MIN);
        // The length is kept with the chunk's place, and a checksum in the frame.
        compressor.setContentSize(false);
        compressor.setChecksum(false);
    }

    /// The most that a chunk of this length takes when it is sealed.
    public static int sealedBytesMax(int plainBytes) {
        return plainBytes + OVERHEAD_BYTES;
    }

    /// Seals a chunk into an array and answers its sealed length.
    ///
    /// @param place where in the pack the sealed chunk will start; never the same twice under one key
    public int seal(
            byte[] plain,
            int offset,
            int length,
            ChunkId id,
            SecretKey packKey,
            long place,
            byte[] out,
            int outOffset) {
        int payload = compressor.compressByteArray(
                frame, FRAME_HEADER_BYTES, frame.length - FRAME_HEADER_BYTES, plain, offset, length);
        byte method = ZSTD;
        if (payload >= length) {
            method = STORED;
            payload = length;
            System.arraycopy(plain, offset, frame, FRAME_HEADER_BYTES, length);
        }
        ByteBuffer.wrap(frame).put(method).putInt(Checksum.crc32c(plain, offset, length));
        return cipher.encrypt(packKey, place, id, length, frame, FRAME_HEADER_BYTES + payload, out, outOffset);
    }

    @Override
    public void close() {
        compressor.close();
        Arrays.fill(frame, (byte) 0);
    }
}
