package io.diskvault.engine.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import javax.crypto.SecretKey;

/// Compresses and encrypts chunks. Belongs to one thread; must be closed, because the compressor holds native memory.
public final class ChunkSealer implements AutoCloseable {

    static final byte STORED = 0;
    static final byte ZSTD = 1;

    /// The fastest level: on disk content it stores a few per cent more than the usual one and takes half its time.
    private static final int ZSTD_LEVEL = 1;

    private static final int OVERHEAD_BYTES = 1 + ChunkCipher.TAG_BYTES;

    private final ZstdCompressCtx compressor = new ZstdCompressCtx();
    private final ChunkCipher cipher = new ChunkCipher();
    private final byte[] frame;

    public ChunkSealer(int plainBytesMax) {
        frame = new byte[1 + Math.toIntExact(Zstd.compressBound(plainBytesMax))];
        compressor.setLevel(ZSTD_LEVEL);
        // Length and checksum are kept with the chunk's place already.
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
        int frameLength = 1 + compressor.compressByteArray(frame, 1, frame.length - 1, plain, offset, length);
        frame[0] = ZSTD;
        if (frameLength > length) {
            frame[0] = STORED;
            System.arraycopy(plain, offset, frame, 1, length);
            frameLength = 1 + length;
        }
        return cipher.encrypt(packKey, place, id, length, frame, frameLength, out, outOffset);
    }

    @Override
    public void close() {
        compressor.close();
        Arrays.fill(frame, (byte) 0);
    }
}
