package io.diskvault.engine.bench;

import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.BackupResult;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// What a backup costs besides the data that changed: how many bytes of metadata it writes and how much heap it holds,
/// on a made-up disk of any size that holds 1 GiB of data, spread evenly. First everything is new, then 16, 256, 4096
/// and all of its blocks change.
///
/// Arguments: size of the disk in GiB, work directory.
public final class CostOfChange {

    private static final int BLOCK = ChunkSize.DEFAULT.bytes();
    private static final int BLOCKS_WITH_DATA = (1 << 30) / BLOCK;
    private static final int[] CHANGES = {BLOCKS_WITH_DATA, 16, 256, 4096, BLOCKS_WITH_DATA};

    private CostOfChange() {}

    /// A disk whose every n-th block holds bytes that do not compress, some of them of a later version.
    private record MadeUpDisk(long sizeBytes, int version, int changed) implements DiskSource {

        private long distance() {
            return sizeBytes / BLOCKS_WITH_DATA / BLOCK * BLOCK;
        }

        @Override
        public Optional<Extent> dataFrom(long offset) {
            long number = Math.ceilDiv(offset, distance());
            return offset % distance() > 0 && offset % distance() < BLOCK
                    ? Optional.of(new Extent(offset, BLOCK - offset % distance()))
                    : Optional.of(number)
                            .filter(block -> block < BLOCKS_WITH_DATA)
                            .map(block -> new Extent(block * distance(), BLOCK));
        }

        @Override
        public void read(ByteBuffer into, long offset) {
            long number = offset / distance();
            // Spread over the disk: neighbours would share what they change.
            boolean isChanged = number * 7919 % BLOCKS_WITH_DATA < changed;
            SplittableRandom random = new SplittableRandom(isChanged ? number + ((long) version << 32) : number);
            while (into.remaining() >= Long.BYTES) {
                into.putLong(random.nextLong());
            }
        }

        @Override
        public boolean changedSinceOpened() {
            return false;
        }

        @Override
        public void close() {}
    }

    public static void main(String[] arguments) throws Exception {
        long sizeBytes = Long.parseLong(arguments[0]) << 30;
        Path store = Path.of(arguments[1]).resolve("store-" + arguments[0]);
        KeyFile key = KeyFile.create(Path.of(arguments[1]).resolve("key-" + arguments[0]));
        Datastore datastore = Datastore.create(store, ChunkSize.DEFAULT, key);
        Set<Path> known = new HashSet<>();
        for (int version = 0; version < CHANGES.length; version++) {
            long start = System.nanoTime();
            BackupResult result = datastore.backUp(
                    new BackupRequest(
                            "disk", new RecoveryPointId("" + version), Instant.ofEpochSecond(version), "source"),
                    new MadeUpDisk(sizeBytes, version, CHANGES[version]),
                    Watch.NONE);
            double seconds = (System.nanoTime() - start) / 1e9;
            long metadata = metadataBytes(store, known);
            long changed = result.point().changedBytes() / BLOCK;
            System.out.printf(
                    "%8s GiB %8d blocks changed %10d bytes of metadata %7.0f for each %7.2f s %6.1f MiB of heap%n",
                    arguments[0], changed, metadata, (double) metadata / changed, seconds, heapMiB());
        }
        datastore.close();
    }

    /// The bytes of new files that are not packs of disk content.
    private static long metadataBytes(Path store, Set<Path> known) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (known.add(file) && !isContent(file)) {
                    bytes += Files.size(file);
                }
            }
        }
        return bytes;
    }

    /// Whether a file is a pack of kind 1.
    private static boolean isContent(Path file) throws IOException {
        byte[] head = new byte[36];
        try (var in = Files.newInputStream(file)) {
            return file.toString().endsWith(".pack") && in.readNBytes(head, 0, 36) == 36 && head[35] == 1;
        }
    }

    /// The most that was in use right after any collection so far.
    private static double heapMiB() {
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
        System.gc();
        long bytes = pools.stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        return bytes / 0x1p20;
    }
}
