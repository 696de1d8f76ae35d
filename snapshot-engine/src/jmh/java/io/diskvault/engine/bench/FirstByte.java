package io.diskvault.engine.bench;

import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.nbd.Export;
import io.diskvault.engine.nbd.Exports;
import io.diskvault.engine.nbd.NbdLimits;
import io.diskvault.engine.nbd.NbdServer;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// How long it takes from "open this recovery point" until a client has the first bytes of it over NBD, on a made-up
/// disk of any size with 256 MiB of data, spread evenly. The datastore is opened anew each time.
///
/// Arguments: size of the disk in GiB, work directory.
public final class FirstByte {

    private static final int BLOCK = ChunkSize.DEFAULT.bytes();
    private static final int BLOCKS_WITH_DATA = (256 << 20) / BLOCK;
    private static final int TIMES = 41;
    private static final int LENGTH = 4096;

    private FirstByte() {}

    private record MadeUpDisk(long sizeBytes) implements DiskSource {

        private long distance() {
            return sizeBytes / BLOCKS_WITH_DATA / BLOCK * BLOCK;
        }

        @Override
        public Optional<Extent> dataFrom(long offset) {
            long number = offset / distance();
            long start = number * distance();
            if (offset < start + BLOCK && number < BLOCKS_WITH_DATA) {
                return Optional.of(new Extent(offset, start + BLOCK - offset));
            }
            return number + 1 < BLOCKS_WITH_DATA
                    ? Optional.of(new Extent(start + distance(), BLOCK))
                    : Optional.empty();
        }

        @Override
        public void read(ByteBuffer into, long offset) {
            SplittableRandom random = new SplittableRandom(offset);
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

    private record One(Export export) implements Exports {

        @Override
        public List<String> listed() {
            return List.of(export.name());
        }

        @Override
        public Optional<Export> find(String name) {
            return Optional.of(export);
        }
    }

    public static void main(String[] arguments) throws Exception {
        long gib = Long.parseLong(arguments[0]);
        Path work = Path.of(arguments[1]);
        Path store = work.resolve("store-" + gib);
        KeyFile key = KeyFile.create(work.resolve("key-" + gib));
        MadeUpDisk source = new MadeUpDisk(gib << 30);
        BackupRequest request = new BackupRequest("disk", new RecoveryPointId("1"), Instant.ofEpochSecond(1), "source");
        RecoveryPoint point;
        try (Datastore datastore = Datastore.create(store, ChunkSize.DEFAULT, key)) {
            point = datastore.backUp(request, source, Watch.NONE).point();
        }
        SplittableRandom random = new SplittableRandom(7);
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long offset = random.nextInt(BLOCKS_WITH_DATA) * source.distance();
            long start = System.nanoTime();
            serveAndRead(store, key, point, work.resolve("nbd-" + gib), offset);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        double first = millis[0];
        double[] later = Arrays.copyOfRange(millis, TIMES / 2, TIMES);
        Arrays.sort(later);
        System.out.printf(
                "%8d GiB: first bytes after %.1f ms at the first time of a process, %.1f ms later (median)%n",
                gib, first, later[later.length / 2]);
    }

    private static void serveAndRead(Path store, KeyFile key, RecoveryPoint point, Path socket, long offset)
            throws Exception {
        try (Datastore datastore = Datastore.open(store, key);
                PointDisk disk = datastore.openPoint(point);
                Export export = new Export("disk", "disk", disk);
                NbdServer _ = NbdServer.onSocket(socket, new One(export), NbdLimits.DEFAULT);
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            read(channel, offset);
        }
    }

    private static void read(SocketChannel channel, long offset) throws IOException {
        byte[] name = "disk".getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.allocate(4 + 16 + name.length + 28)
                .putInt(3)
                .putLong(0x49484156454f5054L)
                .putInt(1)
                .putInt(name.length)
                .put(name)
                .putInt(0x25609513)
                .putInt(0)
                .putLong(7)
                .putLong(offset)
                .putInt(LENGTH)
                .flip());
        ByteBuffer answer = ByteBuffer.allocate(18 + 10 + 16 + LENGTH);
        while (answer.hasRemaining()) {
            if (channel.read(answer) < 0) {
                throw new IOException("The server ended the connection.");
            }
        }
    }
}
