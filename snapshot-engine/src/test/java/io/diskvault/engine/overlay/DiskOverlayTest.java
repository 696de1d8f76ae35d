package io.diskvault.engine.overlay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.OverlayUnusableException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.source.Extent;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.Operation;
import io.diskvault.engine.storage.PowerLossDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskOverlayTest {

    private static final long SEED = 20_261_122;
    private static final int BLOCK = 4096;
    private static final int SIZE = 300 * BLOCK + 777;
    private static final String NAME = "web-1.overlay";

    private final MemoryBase base = MemoryBase.of(SIZE, BLOCK, SEED);
    private final OverlayHeader header = new OverlayHeader("d", "web-1", "p", "c", SIZE, BLOCK);

    @TempDir
    Path path;

    private Directory directory;

    @BeforeEach
    void chooseADirectory() {
        directory = new LocalDirectory(path);
    }

    private DiskOverlay create() throws Exception {
        return DiskOverlay.create(base, directory, NAME, header);
    }

    private DiskOverlay open() throws Exception {
        return DiskOverlay.open(base, directory, NAME, header);
    }

    private static byte[] read(DiskOverlay disk, long offset, int length) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(length + 2).position(1).limit(1 + length);
        disk.read(offset, bytes);
        assertEquals(0, bytes.remaining());
        return Arrays.copyOfRange(bytes.array(), 1, 1 + length);
    }

    /// Does something at random to a disk, and the same to an array.
    private static void change(DiskOverlay disk, byte[] content, Random random) throws Exception {
        int offset = random.nextInt(content.length);
        int longest = Math.min(random.nextInt(4) == 0 ? 20 * BLOCK : 3000, content.length - offset);
        int length = random.nextInt(longest) + 1;
        switch (random.nextInt(5)) {
            case 0 -> {
                disk.clear(offset, length, random.nextBoolean());
                Arrays.fill(content, offset, offset + length, (byte) 0);
            }
            case 1 -> {
                disk.trim(offset, length);
                int start = Math.ceilDiv(offset, BLOCK) * BLOCK;
                int end = offset + length == content.length ? content.length : (offset + length) / BLOCK * BLOCK;
                if (start < end) {
                    Arrays.fill(content, start, end, (byte) 0);
                }
            }
            default -> {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                disk.write(offset, ByteBuffer.wrap(bytes));
                System.arraycopy(bytes, 0, content, offset, length);
            }
        }
    }

    @Test
    void readsWhatWasWrittenAndElseTheBase() throws Exception {
        byte[] content = base.content().clone();
        Random random = new Random(SEED);
        DiskOverlay disk = create();
        assertArrayEquals(content, read(disk, 0, SIZE));
        assertEquals(0, disk.changedBytes());
        for (int i = 0; i < 400; i++) {
            change(disk, content, random);
            int offset = random.nextInt(SIZE);
            int length = random.nextInt(Math.min(10 * BLOCK, SIZE - offset) + 1);
            assertArrayEquals(
                    Arrays.copyOfRange(content, offset, offset + length),
                    read(disk, offset, length),
                    "step " + i + ", seed " + SEED);
            if (i % 100 == 50) {
                long changed = disk.changedBytes();
                disk.close();
                disk = open();
                assertEquals(changed, disk.changedBytes());
            }
        }
        assertArrayEquals(content, read(disk, 0, SIZE));
        checkMap(disk, content, random);
        disk.close();
    }

    /// What is no data is zeros, what is zeros in whole blocks is no data unless it was written, and any range of the
    /// map is a part of the whole.
    private void checkMap(DiskOverlay disk, byte[] content, Random random) throws Exception {
        boolean[] data = new boolean[SIZE];
        Optional<Extent> next = disk.dataIn(0, SIZE);
        while (next.isPresent()) {
            Arrays.fill(data, (int) next.get().offset(), (int) next.get().end(), true);
            next = disk.dataIn(next.get().end(), SIZE);
        }
        for (int at = 0; at < SIZE; at++) {
            assertTrue(data[at] || content[at] == 0, "byte " + at);
        }
        for (int i = 0; i < 500; i++) {
            int from = random.nextInt(SIZE + 1);
            int to = random.nextInt(from, SIZE + 1);
            int start = from;
            while (start < to && !data[start]) {
                start++;
            }
            int end = start;
            while (end < to && data[end]) {
                end++;
            }
            Optional<Extent> expected = start < end ? Optional.of(new Extent(start, end - start)) : Optional.empty();
            assertEquals(expected, disk.dataIn(from, to), from + " to " + to);
        }
    }

    @Test
    void takesNoRoomForWhatReadsAsZerosAnyway() throws Exception {
        try (DiskOverlay disk = create()) {
            disk.clear(2 * BLOCK, BLOCK, false);
            disk.trim(5 * BLOCK, BLOCK);
            assertEquals(0, disk.changedBytes());
            disk.clear(0, 3 * BLOCK, false);
            assertEquals(2 * BLOCK, disk.changedBytes());
            assertEquals(OptionalLong.of(0), disk.changedFrom(0));
            assertEquals(OptionalLong.empty(), disk.changedFrom(2 * BLOCK));
            disk.write(SIZE - 1, ByteBuffer.allocate(1));
            assertEquals(2 * BLOCK + 777, disk.changedBytes());
            assertEquals(OptionalLong.of(300 * BLOCK), disk.changedFrom(2 * BLOCK));
            assertEquals(OptionalLong.of(SIZE - 1), disk.changedFrom(SIZE - 1));
            assertEquals(OptionalLong.empty(), disk.changedFrom(SIZE));
            assertTrue((long) Files.getAttribute(path.resolve(NAME), "size") > SIZE);
            disk.clear(0, 3 * BLOCK, true);
            assertEquals(Optional.of(new Extent(0, 5 * BLOCK)), disk.dataIn(0, SIZE));
        }
    }

    @Test
    void refusesWhatIsNotInTheDisk() throws Exception {
        try (DiskOverlay disk = create()) {
            assertThrows(IllegalArgumentException.class, () -> disk.write(SIZE, ByteBuffer.allocate(1)));
            assertThrows(IllegalArgumentException.class, () -> disk.write(-1, ByteBuffer.allocate(1)));
            assertThrows(IllegalArgumentException.class, () -> disk.clear(SIZE - 1, 2, false));
            assertThrows(IllegalArgumentException.class, () -> disk.trim(0, Long.MAX_VALUE));
            assertThrows(IllegalArgumentException.class, () -> read(disk, SIZE, 1));
            assertThrows(IllegalArgumentException.class, () -> disk.dataIn(0, SIZE + 1));
            assertEquals(0, disk.changedBytes());
        }
    }

    @Test
    void belongsToItsOwnerAlone() throws Exception {
        DiskOverlay disk = create();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve(NAME))));
        assertThrows(OverlayUnusableException.class, this::create);
        OverlayUnusableException inUse = assertThrows(OverlayUnusableException.class, this::open);
        assertTrue(inUse.getMessage().contains("in use"), inUse.getMessage());

        disk.close();
        open().discard();

        assertEquals(List.of(), directory.list(""));
        assertThrows(OverlayUnusableException.class, this::open);
    }

    @Test
    void isRefusedOverAnotherBase() throws Exception {
        create().close();
        for (OverlayHeader other : List.of(
                new OverlayHeader("e", "web-1", "p", "c", SIZE, BLOCK),
                new OverlayHeader("d", "web-2", "p", "c", SIZE, BLOCK),
                new OverlayHeader("d", "web-1", "q", "c", SIZE, BLOCK),
                new OverlayHeader("d", "web-1", "p", "", SIZE, BLOCK),
                new OverlayHeader("d", "web-1", "p", "c", SIZE - 1, BLOCK))) {
            OverlayUnusableException refused =
                    assertThrows(OverlayUnusableException.class, () -> DiskOverlay.open(base, directory, NAME, other));
            assertTrue(
                    refused.getMessage().contains("belongs to recovery point p of web-1 in datastore d"),
                    refused.getMessage());
        }
        open().close();
    }

    @Test
    void isRefusedWhenItIsDamaged() throws Exception {
        try (DiskOverlay disk = create()) {
            disk.write(0, ByteBuffer.allocate(10));
        }
        byte[] whole = Files.readAllBytes(path.resolve(NAME));
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            int at = i < 20 ? i : random.nextInt(OverlayHeader.BYTES + StatePage.BYTES);
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(path.resolve(NAME), damaged);
            assertThrows(CorruptDatastoreException.class, this::open, "byte " + at + ", seed " + SEED);
        }
        for (int length : new int[] {0, 100, OverlayHeader.BYTES, whole.length - 1}) {
            Files.write(path.resolve(NAME), Arrays.copyOf(whole, length));
            assertThrows(CorruptDatastoreException.class, this::open, "length " + length);
        }
        byte[] newer = whole.clone();
        ByteBuffer.wrap(newer).putInt(8, 2).putInt(12, Checksum.crc32c(newer, 0, 12));
        Files.write(path.resolve(NAME), newer);
        assertThrows(FormatTooNewException.class, this::open);
        Files.write(path.resolve(NAME), whole);
        open().close();
    }

    @Test
    void isNoOverlayWhereItDoesNotBeginLikeOne() throws Exception {
        byte[] image = new byte[3 * OverlayHeader.BYTES];
        new Random(SEED).nextBytes(image);
        Files.write(path.resolve(NAME), image);

        String message =
                assertThrows(OverlayUnusableException.class, this::open).getMessage();

        assertTrue(message.contains("is no overlay"), message);
        assertArrayEquals(image, Files.readAllBytes(path.resolve(NAME)));
    }

    @Test
    void pagesOfOtherPlacesAreRefused() throws Exception {
        int size = 3 * StatePage.BLOCKS * 512;
        MemoryBase large = MemoryBase.of(size, 512, SEED);
        OverlayHeader threePages = new OverlayHeader("d", "web-1", "p", "c", size, 512);
        try (DiskOverlay disk = DiskOverlay.create(large, directory, NAME, threePages)) {
            disk.write(0, ByteBuffer.allocate(10));
            disk.write(size - 5, ByteBuffer.allocate(5));
            assertEquals(1024, disk.changedBytes());
        }
        try (DiskOverlay disk = DiskOverlay.open(large, directory, NAME, threePages)) {
            assertEquals(OptionalLong.of(size - 512), disk.changedFrom(512));
        }
        try (RandomAccessFile file = new RandomAccessFile(path.resolve(NAME).toFile(), "rw")) {
            byte[] page = new byte[StatePage.BYTES];
            file.seek(OverlayHeader.BYTES);
            file.readFully(page);
            file.write(page);
        }
        assertThrows(CorruptDatastoreException.class, () -> DiskOverlay.open(large, directory, NAME, threePages));
    }

    @Test
    void writesOfManyThreadsToOneBlockLeaveEachOtherAlone() throws Exception {
        byte[] content = base.content().clone();
        try (DiskOverlay disk = create();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int writer = i;
                for (int at = i * 64; at < 20 * BLOCK; at += 16 * 64) {
                    Arrays.fill(content, at, at + 64, (byte) (i + 1));
                }
                writers.add(threads.submit(() -> {
                    for (int at = writer * 64; at < 20 * BLOCK; at += 16 * 64) {
                        byte[] mine = new byte[64];
                        Arrays.fill(mine, (byte) (writer + 1));
                        disk.write(at, ByteBuffer.wrap(mine));
                        if (at % 7 == 0) {
                            disk.flush();
                        }
                        assertArrayEquals(mine, read(disk, at, 64));
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertArrayEquals(content, read(disk, 0, SIZE));
        }
    }

    @Test
    void aFullFileSystemIsNoEndAndAFailedSyncIs() throws Exception {
        boolean[] full = new boolean[1];
        boolean[] broken = new boolean[1];
        directory = new PowerLossDirectory((_, operation) -> {
            if (full[0] && operation.kind() == Operation.Kind.WRITE) {
                throw new PowerLossDirectory.ShortWriteException("No space left on device");
            }
            if (broken[0] && operation.kind() == Operation.Kind.SYNC) {
                throw new IOException("Input/output error");
            }
        });
        DiskOverlay disk = create();
        disk.write(100, ByteBuffer.allocate(50));
        full[0] = true;
        assertThrows(IOException.class, () -> disk.write(BLOCK, ByteBuffer.allocate(50)));
        // The content is there, and what says so has no room.
        assertThrows(IOException.class, disk::flush);
        full[0] = false;
        disk.flush();
        assertEquals(BLOCK, disk.changedBytes());

        disk.write(0, ByteBuffer.allocate(1));
        broken[0] = true;
        assertThrows(IOException.class, disk::flush);
        broken[0] = false;
        assertThrows(IOException.class, disk::flush);
        assertThrows(IOException.class, () -> disk.write(0, ByteBuffer.allocate(1)));
        assertThrows(IOException.class, () -> read(disk, 0, 1));
        disk.close();
        try (DiskOverlay again = open()) {
            assertArrayEquals(new byte[50], read(again, 100, 50));
        }
    }
}
