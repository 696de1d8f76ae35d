package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The client with this package's own server.
@Timeout(60)
class NbdDiskTest {

    private static final int SIZE = 5_000_001;

    @TempDir
    Path directory;

    private final MeetingDisk disk = new MeetingDisk();
    private Path socket = Path.of("");
    private NbdServer server;

    /// A disk that can be told to give nothing before two have asked.
    private static final class MeetingDisk extends MemoryDisk {

        private final AtomicBoolean waits = new AtomicBoolean();
        private final CyclicBarrier two = new CyclicBarrier(2);

        private MeetingDisk() {
            super(SIZE, 11);
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            if (waits.get()) {
                try {
                    two.await();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
            super.read(offset, into);
        }
    }

    @BeforeEach
    void serve() throws Exception {
        socket = directory.resolve("nbd.sock");
        server = NbdServer.onSocket(socket, FixedExports.of(disk), NbdLimits.DEFAULT);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void hasTheContentOfTheExport() throws Exception {
        try (NbdDisk remote = NbdDisk.open(socket, "web-1", 4)) {
            ByteBuffer content = ByteBuffer.allocate(SIZE);
            remote.read(content, 0);

            assertEquals(SIZE, remote.sizeBytes());
            assertArrayEquals(disk.content, content.array());
            Random random = new Random(1);
            for (int i = 0; i < 200; i++) {
                int offset = random.nextInt(SIZE);
                ByteBuffer part = ByteBuffer.allocate(random.nextInt(Math.min(30_000, SIZE - offset)));
                remote.read(part, offset);
                assertArrayEquals(disk.part(offset, part.capacity()), part.array());
            }
        }
        waitUntilAllLeft();
    }

    /// The server sees the end of a connection a moment after its client has ended it.
    private void waitUntilAllLeft() {
        while (server.connections() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void knowsWhereDataIs() throws Exception {
        try (NbdDisk remote = NbdDisk.open(socket, "web-1", 4)) {
            long at = 0;
            int stretches = 0;
            while (at < SIZE) {
                Optional<Extent> expected = disk.dataIn(at, SIZE);
                assertEquals(expected, remote.dataFrom(at));
                at = expected.map(Extent::end).orElse((long) SIZE);
                stretches++;
            }
            assertTrue(stretches > 100, "stretches: " + stretches);
            assertEquals(Optional.empty(), remote.dataFrom(SIZE));
            assertEquals(disk.dataIn(12_345, SIZE), remote.dataFrom(12_345));
        }
    }

    @Test
    void twoReadersNeedNotWaitForEachOther() throws Exception {
        disk.waits.set(true);
        try (NbdDisk remote = NbdDisk.open(socket, "web-1", 4);
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            long data = remote.dataFrom(0).orElseThrow().offset();
            Future<?> one = readers.submit(() -> read(remote, data));
            Future<?> other = readers.submit(() -> read(remote, data));

            one.get();
            other.get();
        }
    }

    private static ByteBuffer read(NbdDisk remote, long offset) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(100);
        remote.read(part, offset);
        return part;
    }

    @Test
    void damageIsToldAndTheRestCanBeRead() throws Exception {
        int damaged = (int) (disk.dataIn(SIZE / 2, SIZE).orElseThrow().offset() / MemoryDisk.BLOCK) + 1;
        while (disk.isHole(damaged)) {
            damaged++;
        }
        disk.damagedBlock = damaged;
        long offset = (long) damaged * MemoryDisk.BLOCK;
        try (NbdDisk remote = NbdDisk.open(socket, "web-1", 4)) {
            IOException failure = assertThrows(ServerError.class, () -> remote.read(ByteBuffer.allocate(10), offset));

            assertTrue(String.valueOf(failure.getMessage()).contains("input/output error"), failure.toString());
            remote.read(ByteBuffer.allocate(10), 0);
            assertEquals(1, server.connections());
        }
    }

    @Test
    void saysWhyThereIsNoDisk() {
        ProtocolException unknown = assertThrows(ProtocolException.class, () -> NbdDisk.open(socket, "nobody", 4));
        assertTrue(String.valueOf(unknown.getMessage()).contains("no such export"), unknown.toString());
        assertThrows(IOException.class, () -> NbdDisk.open(directory.resolve("none"), "web-1", 4));
        assertThrows(ProtocolException.class, () -> NbdWriter.open(socket, "web-1"));
    }

    @Test
    void aServerThatIsGoneIsTold() throws Exception {
        NbdDisk remote = NbdDisk.open(socket, "web-1", 4);
        server.close();

        assertThrows(IOException.class, () -> remote.read(ByteBuffer.allocate(10), 0));
        assertFalse(remote.changedSinceOpened());
        remote.close();
    }
}
