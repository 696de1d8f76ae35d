package io.diskvault.engine.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.OutputFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What share of this machine's limit a backup and a restore reach.
///
/// Each stage is timed alone, on all processors, over the blocks of a real disk that lie in memory already. The limit
/// of a backup or restore is the sum of its stages that compute, since they share the processors, or the time to write
/// what it writes and to make that durable, whichever is longer, since writing can go on beside. What the whole
/// pipeline takes is the median of three runs in the same process, so that starting a virtual machine is left out.
///
/// Arguments: image, work directory, chunk size in KiB.
public final class PipelineShare {

    private static final int RUNS = 3;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int FILE_BYTES = 32 << 20;

    private final Path image;
    private final Path work;
    private final ChunkSize chunkSize;

    private PipelineShare(Path image, Path work, ChunkSize chunkSize) {
        this.image = image;
        this.work = work;
        this.chunkSize = chunkSize;
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[1]));
        new PipelineShare(Path.of(arguments[0]), work, new ChunkSize(Integer.parseInt(arguments[2]) << 10)).run();
    }

    /// Work for one processor, which takes every n-th item from its number on.
    @FunctionalInterface
    private interface Share {
        void run(int first) throws Exception;
    }

    private static double seconds(Share share) throws Exception {
        double best = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            List<Callable<Void>> shares = new ArrayList<>();
            for (int processor = 0; processor < PROCESSORS; processor++) {
                int first = processor;
                shares.add(() -> {
                    share.run(first);
                    return null;
                });
            }
            try (ExecutorService executor = Executors.newFixedThreadPool(PROCESSORS)) {
                long start = System.nanoTime();
                for (Future<Void> done : executor.invokeAll(shares)) {
                    done.get();
                }
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
        }
        return best;
    }

    private void run() throws Exception {
        List<Extent> pieces = pieces();
        double read = seconds(first -> read(pieces, first));
        byte[][] blocks = blocks(pieces);
        long plainBytes = Arrays.stream(blocks).mapToLong(block -> block.length).sum();
        double name = seconds(first -> name(blocks, first));
        byte[][] compressed = new byte[blocks.length][];
        double compress = seconds(first -> compress(blocks, compressed, first));
        byte[][] encrypted = new byte[blocks.length][];
        double encrypt = seconds(first -> encrypt(compressed, encrypted, first));
        long storedBytes =
                Arrays.stream(encrypted).mapToLong(block -> block.length).sum();
        double decrypt = seconds(first -> decrypt(encrypted, first));
        double decompress = seconds(first -> decompress(compressed, blocks, first));
        double checksum = seconds(first -> checksum(blocks, first));
        double writePacks = writeAndSync(storedBytes, 1 << 20);
        double writeDisk = writeAndSync(plainBytes, 4 << 20);

        System.out.printf(
                "%d processors, %s chunks, %.2f GiB of data, %.2f GiB sealed%n",
                PROCESSORS, chunkSize.bytes() >> 10, plainBytes / 0x1p30, storedBytes / 0x1p30);
        row("read from the page cache", read, plainBytes);
        row("name (keyed hash)", name, plainBytes);
        row("compress", compress, plainBytes);
        row("encrypt", encrypt, storedBytes);
        row("write packs, with sync", writePacks, storedBytes);
        row("decrypt", decrypt, storedBytes);
        row("decompress", decompress, plainBytes);
        row("check the content", checksum, plainBytes);
        row("write the disk, with sync", writeDisk, plainBytes);

        double backupLimit = Math.max(read + name + compress + encrypt, writePacks);
        double restoreLimit = Math.max(decrypt + decompress + checksum, writeDisk);
        Arrays.fill(blocks, null);
        Arrays.fill(compressed, null);
        Arrays.fill(encrypted, null);
        List<Double> backups = new ArrayList<>();
        List<Double> restores = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            whole(run, backups, restores);
        }
        share("first backup", backupLimit, backups);
        share("restore", restoreLimit, restores);
    }

    private static void row(String stage, double seconds, long bytes) {
        System.out.printf("%-28s %6.2f s %9.0f MB/s%n", stage, seconds, bytes / 1e6 / seconds);
    }

    private static void share(String what, double limit, List<Double> runs) {
        double median = runs.stream().sorted().toList().get(RUNS / 2);
        System.out.printf("%-28s %6.2f s, limit %.2f s: %.0f %%%n", what, median, limit, 100 * limit / median);
    }

    private void whole(int run, List<Double> backups, List<Double> restores) throws Exception {
        KeyFile key = KeyFile.create(work.resolve("key-" + run));
        Datastore datastore = Datastore.create(work.resolve("store-" + run), chunkSize, key);
        RecoveryPoint point;
        try (DiskSource source = DiskSource.open(image)) {
            long start = System.nanoTime();
            point = datastore
                    .backUp(
                            new BackupRequest("disk", new RecoveryPointId("1"), Instant.EPOCH, "source"),
                            source,
                            Watch.NONE)
                    .point();
            backups.add((System.nanoTime() - start) / 1e9);
        }
        Path target = work.resolve("restored");
        long start = System.nanoTime();
        datastore.restore(point, target, false, Watch.NONE);
        restores.add((System.nanoTime() - start) / 1e9);
        Files.delete(target);
        datastore.close();
    }

    /// The data of the disk in pieces of 1 MiB or less that begin at whole blocks.
    private List<Extent> pieces() throws Exception {
        List<Extent> pieces = new ArrayList<>();
        int pieceBytes = Math.max(1 << 20, chunkSize.bytes());
        try (DiskSource source = DiskSource.open(image)) {
            long at = 0;
            for (Optional<Extent> data = source.dataFrom(0); data.isPresent(); data = source.dataFrom(at)) {
                at = data.get().offset() / chunkSize.bytes() * chunkSize.bytes();
                long end = Math.min(
                        source.sizeBytes(),
                        Math.ceilDiv(data.get().end(), chunkSize.bytes()) * (long) chunkSize.bytes());
                while (at < end) {
                    long length = Math.min(pieceBytes, end - at);
                    pieces.add(new Extent(at, length));
                    at += length;
                }
            }
        }
        return pieces;
    }

    private void read(List<Extent> pieces, int first) throws Exception {
        byte[] window = new byte[Math.max(1 << 20, chunkSize.bytes())];
        try (DiskSource source = DiskSource.open(image)) {
            for (int i = first; i < pieces.size(); i += PROCESSORS) {
                source.read(
                        ByteBuffer.wrap(window, 0, (int) pieces.get(i).length()),
                        pieces.get(i).offset());
            }
        }
    }

    private byte[][] blocks(List<Extent> pieces) throws Exception {
        List<byte[]> blocks = new ArrayList<>();
        try (DiskSource source = DiskSource.open(image)) {
            for (Extent piece : pieces) {
                for (long at = piece.offset(); at < piece.end(); at += chunkSize.bytes()) {
                    byte[] block = new byte[(int) Math.min(chunkSize.bytes(), piece.end() - at)];
                    source.read(ByteBuffer.wrap(block), at);
                    if (!Arrays.equals(block, new byte[block.length])) {
                        blocks.add(block);
                    }
                }
            }
        }
        return blocks.toArray(new byte[0][]);
    }

    private static void name(byte[][] blocks, int first) {
        ChunkHasher hasher = new ChunkHasher(new SecretKeySpec(new byte[32], "HmacSHA256"));
        for (int i = first; i < blocks.length; i += PROCESSORS) {
            hasher.id(blocks[i], 0, blocks[i].length);
        }
    }

    private void compress(byte[][] blocks, byte[][] compressed, int first) {
        byte[] out = new byte[(int) Zstd.compressBound(chunkSize.bytes())];
        try (ZstdCompressCtx compressor = new ZstdCompressCtx()) {
            compressor.setLevel(1).setMinMatch(7);
            for (int i = first; i < blocks.length; i += PROCESSORS) {
                int length = compressor.compressByteArray(out, 0, out.length, blocks[i], 0, blocks[i].length);
                compressed[i] = Arrays.copyOf(out, length);
            }
        }
    }

    private static void encrypt(byte[][] in, byte[][] out, int first) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        for (int i = first; i < in.length; i += PROCESSORS) {
            start(cipher, Cipher.ENCRYPT_MODE, i);
            out[i] = cipher.doFinal(in[i]);
        }
    }

    private static void decrypt(byte[][] in, int first) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        for (int i = first; i < in.length; i += PROCESSORS) {
            start(cipher, Cipher.DECRYPT_MODE, i);
            cipher.doFinal(in[i]);
        }
    }

    private static void start(Cipher cipher, int mode, int number) throws Exception {
        byte[] nonce = ByteBuffer.allocate(12).putInt(number).array();
        cipher.init(mode, new SecretKeySpec(new byte[32], "AES"), new GCMParameterSpec(128, nonce));
    }

    private void decompress(byte[][] compressed, byte[][] blocks, int first) {
        byte[] plain = new byte[chunkSize.bytes()];
        try (ZstdDecompressCtx decompressor = new ZstdDecompressCtx()) {
            for (int i = first; i < compressed.length; i += PROCESSORS) {
                decompressor.decompressByteArray(plain, 0, blocks[i].length, compressed[i], 0, compressed[i].length);
            }
        }
    }

    private static void checksum(byte[][] blocks, int first) {
        for (int i = first; i < blocks.length; i += PROCESSORS) {
            Checksum.crc32c(blocks[i], 0, blocks[i].length);
        }
    }

    /// Files of the size of a pack, or as much of one disk, in writes of one size; one sync for each file.
    private double writeAndSync(long bytes, int writeBytes) throws Exception {
        LocalDirectory directory = new LocalDirectory(work);
        long fileBytes = writeBytes > 1 << 20 ? bytes : FILE_BYTES;
        double best = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            ByteBuffer zeros = ByteBuffer.allocate(writeBytes);
            new java.util.Random(run).nextBytes(zeros.array());
            long start = System.nanoTime();
            int files = 0;
            for (long left = bytes; left > 0; left -= fileBytes) {
                try (OutputFile file = directory.create("written-" + files++)) {
                    for (long at = 0; at < Math.min(left, fileBytes); at += writeBytes) {
                        file.write(zeros.clear(), at);
                    }
                    file.sync();
                }
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
            for (int file = 0; file < files; file++) {
                directory.delete("written-" + file);
            }
        }
        return best;
    }
}
