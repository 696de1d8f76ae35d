package io.diskvault.engine.bench;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.ChunkOpener;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.format.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What is done to each chunk, alone and on one thread, over 64 MiB out of the middle of a real disk: how many times
/// per second those 64 MiB are named, sealed, opened or checked.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class StageBenchmark {

    private static final int SAMPLE_BYTES = 64 << 20;
    private static final SecretKey PACK_KEY = new SecretKeySpec(new byte[32], "AES");

    @Param({"64", "256", "1024", "4096"})
    public int chunkKiB;

    /// A raw disk image.
    @Param("")
    public String image;

    private int chunkBytes;
    private final byte[] sample = new byte[SAMPLE_BYTES];
    private ChunkHasher hasher = new ChunkHasher(new SecretKeySpec(new byte[32], "HmacSHA256"));
    private ChunkSealer sealer = new ChunkSealer(1);
    private ChunkOpener opener = new ChunkOpener(1);
    private byte[] scratch = new byte[0];
    private byte[][] sealed = new byte[0][];
    private ChunkId[] ids = new ChunkId[0];

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        chunkBytes = chunkKiB << 10;
        sealer = new ChunkSealer(chunkBytes);
        opener = new ChunkOpener(chunkBytes);
        scratch = new byte[ChunkSealer.sealedBytesMax(chunkBytes)];
        try (FileChannel channel = FileChannel.open(Path.of(image))) {
            ByteBuffer into = ByteBuffer.wrap(sample);
            long at = channel.size() / 4;
            while (into.hasRemaining()) {
                at += Math.max(1, channel.read(into, at));
            }
        }
        int count = SAMPLE_BYTES / chunkBytes;
        sealed = new byte[count][];
        ids = new ChunkId[count];
        for (int i = 0; i < count; i++) {
            ids[i] = hasher.id(sample, i * chunkBytes, chunkBytes);
            sealed[i] = Arrays.copyOf(scratch, seal(i));
        }
    }

    private int seal(int i) {
        return sealer.seal(sample, i * chunkBytes, chunkBytes, ids[i], PACK_KEY, i, scratch, 0);
    }

    @Benchmark
    public long name() {
        long any = 0;
        for (int at = 0; at < SAMPLE_BYTES; at += chunkBytes) {
            any ^= hasher.id(sample, at, chunkBytes).first();
        }
        return any;
    }

    @Benchmark
    public long compressAndEncrypt() {
        long bytes = 0;
        for (int i = 0; i < ids.length; i++) {
            bytes += seal(i);
        }
        return bytes;
    }

    @Benchmark
    public int decryptAndDecompress() throws CorruptDatastoreException {
        ByteBuffer plain = ByteBuffer.allocate(chunkBytes);
        for (int i = 0; i < ids.length; i++) {
            opener.open(sealed[i], sealed[i].length, ids[i], chunkBytes, PACK_KEY, i, plain.clear());
        }
        return plain.position();
    }

    @Benchmark
    public int checksum() {
        int any = 0;
        for (int at = 0; at < SAMPLE_BYTES; at += chunkBytes) {
            any ^= Checksum.crc32c(sample, at, chunkBytes);
        }
        return any;
    }

    @TearDown(Level.Trial)
    public void close() {
        sealer.close();
        opener.close();
    }
}
