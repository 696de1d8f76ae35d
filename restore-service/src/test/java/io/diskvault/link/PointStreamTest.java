package io.diskvault.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.engine.datastore.ChangeDetection;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PointStreamTest {
    private static final int PIECE = 1000;

    private final byte[] disk = new byte[10_500];
    private final AtomicInteger looked = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private int piecesMax = Integer.MAX_VALUE;

    PointStreamTest() {
        new Random(7).nextBytes(disk);
    }

    private RecoveryPoint point() {
        return new RecoveryPoint(
                new RecoveryPointId("p1"),
                "prod.web-1",
                Instant.parse("2026-11-01T12:00:00Z"),
                Optional.empty(),
                "disk",
                ChangeDetection.FULL_READ,
                disk.length,
                0,
                0,
                0,
                Optional.empty(),
                false);
    }

    private PointStream stream(ImageLayout layout, long position, long length) {
        return new PointStream(
                layout,
                (offset, into) -> into.put(disk, (int) offset, into.remaining()),
                PIECE,
                position,
                length,
                () -> looked.incrementAndGet() <= piecesMax,
                ended::incrementAndGet);
    }

    @Test
    void anyPartOfADiskIsThatPart() throws IOException {
        ImageLayout raw = ImageFormat.RAW.layoutOf(point());
        assertEquals(disk.length, raw.sizeBytes());
        for (int[] part :
                new int[][] {{0, 10_500}, {0, 1}, {10_499, 1}, {999, 2}, {1000, 1000}, {1234, 5678}, {5, 0}}) {
            assertArrayEquals(
                    Arrays.copyOfRange(disk, part[0], part[0] + part[1]),
                    stream(raw, part[0], part[1]).readAllBytes());
        }
    }

    @Test
    void partsOfAVhdMadeAtDifferentTimesMakeOneFile() throws IOException {
        ImageLayout vhd = ImageFormat.VHD.layoutOf(point());
        int size = (1 << 20) + 512;
        assertEquals(size, vhd.sizeBytes());
        byte[] whole = stream(vhd, 0, size).readAllBytes();
        assertArrayEquals(disk, Arrays.copyOf(whole, disk.length));
        assertArrayEquals(new byte[size - 512 - disk.length], Arrays.copyOfRange(whole, disk.length, size - 512));
        assertEquals("conectix", new String(whole, size - 512, 8, US_ASCII));
        Random random = new Random(11);
        for (int i = 0; i < 50; i++) {
            int from = i < 10 ? size - 1 - random.nextInt(1500) : random.nextInt(size);
            int length = random.nextInt(Math.min(5000, size - from) + 1);
            assertArrayEquals(
                    Arrays.copyOfRange(whole, from, from + length),
                    stream(ImageFormat.VHD.layoutOf(point()), from, length).readAllBytes());
        }
    }

    @Test
    void itAsksBeforeEachPieceAndEndsWhenItMayNotGoOn() throws IOException {
        piecesMax = 3;
        PointStream stream = stream(ImageFormat.RAW.layoutOf(point()), 500, 9000);
        assertArrayEquals(Arrays.copyOfRange(disk, 500, 3000), stream.readNBytes(2500));
        assertThrows(IOException.class, stream::read);
    }

    @Test
    void whatItHoldsIsGivenUpOnce() {
        PointStream stream = stream(ImageFormat.RAW.layoutOf(point()), 0, 10);
        stream.close();
        stream.close();
        assertEquals(1, ended.get());
    }

    @Test
    void aLayoutThatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ImageLayout(10, 12, ByteBuffer.allocate(3)));
        assertThrows(IllegalArgumentException.class, () -> new ImageLayout(-1, 12, ByteBuffer.allocate(3)));
    }
}
