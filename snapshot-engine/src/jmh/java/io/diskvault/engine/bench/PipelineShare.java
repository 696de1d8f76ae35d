package io.diskvault.engine.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.cipher.Ciphers;
import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.BackupResult;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.restore.RestoreOptions;
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
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What share of this machine's limit a backup and a restore reach.
///
/// Each stage is timed alone, on all processors, over blocks of a real disk that lie in memory already: 1 GiB of
/// them, evenly chosen. The limit of a backup or restore is, for all its bytes, the sum of its stages that compute,
/// since they share the processors, or the time to write what it writes and to make that durable, whichever is
/// longer, since writing can go on beside. What the whole pipeline takes is the median of three runs in one process,
/// so that starting a virtual machine is left out.
///
/// Arguments: image, work directory, chunk size in KiB.
public final class PipelineShare {

    private static final int RUNS = 3;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int FILE_BYTES = 32 << 20;
    private static final long SAMPLE_BYTES = 1 << 30;

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
        byte[][] blocks = blocks(pieces);
        byte[][] compressed = new byte[blocks.length][];
        byte[][] encrypted = new byte[blocks.length][];
        long plain = bytes(blocks);
        double read = rate("read from the page cache", bytes(pieces), seconds(first -> read(pieces, first)));
        double name = rate("name (keyed hash)", plain, seconds(first -> name(blocks, first)));
        double compress = rate("compress", plain, seconds(first -> compress(blocks, compressed, first)));
        double encryptSeconds = seconds(first -> encrypt(compressed, encrypted, first));
        long sealed = bytes(encrypted);
        double encrypt = rate("encrypt", sealed, encryptSeconds);
        double decrypt = rate("decrypt", sealed, seconds(first -> decrypt(encrypted, first)));
        double decompress = rate("decompress", plain, seconds(first -> decompress(compressed, blocks, first)));
        double check = rate("check the content", plain, seconds(first -> checksum(blocks, first)));
        double writePacks = rate("write packs, with sync", plain, writePacks(plain));
        double writeDisk = rate("write a disk, with sync", plain, writeDisk(plain));
        Arrays.fill(blocks, null);
        Arrays.fill(compressed, null);
        Arrays.fill(encrypted, null);

        List<Double> backups = new ArrayList<>();
        List<Double> restores = new ArrayList<>();
        BackupResult result = whole(0, backups, restores);
        for (int run = 1; run < RUNS; run++) {
            whole(run, backups, restores);
        }
        double used = result.point().usedBytes();
        double stored = result.point().storedBytes();
        double compute = result.readBytes() / read + used / name + used / compress + stored / encrypt;
        share("first backup", Math.max(compute, stored / writePacks), backups);
        double restore = stored / read + stored / decrypt + used / decompress + used / check;
        share("restore", Math.max(restore, used / writeDisk), restores);
    }

    private static long bytes(byte[][] blocks) {
        return Arrays.stream(blocks).mapToLong(block -> block.length).sum();
    }

    private static long bytes(List<Extent> pieces) {
        return pieces.stream().mapToLong(Extent::length).sum();
    }

    /// Prints what a stage does, and answers it in bytes per second.
    private static double rate(String stage, long bytes, double seconds) {
        System.out.printf("%-28s %9.0f MB/s%n", stage, bytes / 1e6 / seconds);
        return bytes / seconds;
    }

    private static void share(String what, double limit, List<Double> runs) {
        double median = runs.stream().sorted().toList().get(RUNS / 2);
        System.out.printf("%-28s %6.2f s, limit %.2f s: %.0f %%%n", what, median, limit, 100 * limit / median);
    }

    private BackupResult whole(int run, List<Double> backups, List<Double> restores) throws Exception {
        KeyFile key = KeyFile.create(work.resolve("key-" + run));
        Datastore datastore = Datastore.create(work.resolve("store-" + run), chunkSize, key);
        BackupResult result;
        try (DiskSource source = DiskSource.open(image)) {
            long start = System.nanoTime();
            result = datastore.backUp(
                    new BackupRequest("disk", new RecoveryPointId("1"), Instant.EPOCH, "source"), source, Watch.NONE);
            backups.add((System.nanoTime() - start) / 1e9);
        }
        Path target = work.resolve("restored");
        long start = System.nanoTime();
        datastore.restore(result.point(), target, RestoreOptions.NEW_FILE, Watch.NONE);
        restores.add((System.nanoTime() - start) / 1e9);
        Files.delete(target);
        datastore.close();
        return result;
    }

    /// Data of the disk in pieces of 1 MiB or less that begin at whole blocks; not more than the sample.
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
        int step = Math.toIntExact(Math.max(1, bytes(pieces) / SAMPLE_BYTES));
        return IntStream.range(0, pieces.size())
                .filter(i -> i % step == 0)
                .mapToObj(pieces::get)
                .toList();
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
        Cipher cipher = Ciphers.aesGcm();
        for (int i = first; i < in.length; i += PROCESSORS) {
            start(cipher, Cipher.ENCRYPT_MODE, i);
            out[i] = cipher.doFinal(in[i]);
        }
    }

    private static void decrypt(byte[][] in, int first) throws Exception {
        Cipher cipher = Ciphers.aesGcm();
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

    /// Writes files of the size of a pack one after the other, each with its sync, as a backup does.
    private double writePacks(long bytes) throws Exception {
        LocalDirectory directory = new LocalDirectory(work);
        ByteBuffer content = noise(1 << 20);
        double best = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            for (long left = bytes; left > 0; left -= FILE_BYTES) {
                try (OutputFile file = directory.create("pack-" + left)) {
                    for (long at = 0; at < FILE_BYTES; at += content.capacity()) {
                        file.write(content.clear(), at);
                    }
                    file.sync();
                }
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
            for (long left = bytes; left > 0; left -= FILE_BYTES) {
                directory.delete("pack-" + left);
            }
        }
        return best;
    }

    /// Writes one file with a hole for each piece, in no order and from twice as many threads as processors, and
    /// syncs it, as a restore does.
    private double writeDisk(long bytes) throws Exception {
        LocalDirectory directory = new LocalDirectory(work);
        double best = Double.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            try (OutputFile file = directory.create("disk");
                    ExecutorService writers = Executors.newFixedThreadPool(2 * PROCESSORS)) {
                file.setLength(bytes);
                AtomicLong next = new AtomicLong();
                List<Future<Void>> written = new ArrayList<>();
                for (int writer = 0; writer < 2 * PROCESSORS; writer++) {
                    Callable<Void> task = () -> {
                        ByteBuffer content = noise(4 << 20);
                        long at = next.getAndAdd(content.capacity());
                        while (at + content.capacity() <= bytes) {
                            file.write(content.clear(), at);
                            at = next.getAndAdd(content.capacity());
                        }
                        return null;
                    };
                    written.add(writers.submit(task));
                }
                for (Future<Void> done : written) {
                    done.get();
                }
                file.sync();
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
            directory.delete("disk");
        }
        return best;
    }

    private static ByteBuffer noise(int bytes) {
        ByteBuffer noise =
                ByteBuffer.allocateDirect(bytes + 4096).alignedSlice(4096).slice(0, bytes);
        SplittableRandom random = new SplittableRandom(bytes);
        while (noise.hasRemaining()) {
            noise.putLong(random.nextLong());
        }
        return noise;
    }
}
