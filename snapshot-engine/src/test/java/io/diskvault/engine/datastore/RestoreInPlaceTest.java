package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.RestoreTargetExistsException;
import io.diskvault.engine.posix.FileInUseException;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.restore.RestoreTarget;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.storage.LocalDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Restores to a disk that is there already, block by block where it differs.
class RestoreInPlaceTest {

    private static final RestoreOptions IN_PLACE = RestoreOptions.ONLY_DIFFERENCES;

    /// More than a window, some of it zeros, and the last block not whole.
    private static final int SIZE = 100 * CHUNK + 1000;

    @TempDir
    Path directory;

    @TempDir
    Path targets;

    private byte[] content = new byte[0];
    private Workbench bench;
    private RecoveryPoint point;
    private Path target;

    @BeforeEach
    void backUp() throws Exception {
        content = noise(SIZE, 1);
        Arrays.fill(content, 3 * CHUNK, 7 * CHUNK, (byte) 0);
        Arrays.fill(content, 63 * CHUNK, 80 * CHUNK + 17, (byte) 0);
        bench = Workbench.in(directory);
        point = bench.backUp("disk", "1", content).point();
        target = targets.resolve("disk.img");
    }

    private RestoreResult restore() throws Exception {
        return bench.datastore().restore(point, target, IN_PLACE, Watch.NONE);
    }

    private void assertRestored() throws IOException {
        assertArrayEquals(content, Files.readAllBytes(target));
        try (Stream<Path> files = Files.list(targets)) {
            assertEquals(List.of(target), files.toList());
        }
    }

    @Test
    void writesNothingWhereEverythingIsRight() throws Exception {
        Files.write(target, content);

        RestoreResult result = restore();

        assertEquals(new RestoreResult(SIZE, 0, point.usedBytes(), false, result.damaged()), result);
        assertTrue(result.damaged().isEmpty());
        assertRestored();
    }

    @Test
    void writesTheBlocksThatDifferAndNoOthers() throws Exception {
        byte[] changed = content.clone();
        changed[5 * CHUNK + 1] = 1; // In a hole.
        changed[10 * CHUNK] ^= 1;
        changed[62 * CHUNK + 5] ^= 1;
        changed[SIZE - 1] ^= 1;
        Files.write(target, changed);
        Object file = Files.getAttribute(target, "unix:ino");

        RestoreResult result = restore();

        assertEquals(3L * CHUNK + 1000, result.writtenBytes());
        assertEquals(point.usedBytes() - 2L * CHUNK - 1000, result.keptBytes());
        assertEquals(file, Files.getAttribute(target, "unix:ino"));
        assertRestored();
    }

    @Test
    void makesAnythingTheDisk() throws Exception {
        Random random = new Random(7);
        for (int attempt = 0; attempt < 6; attempt++) {
            byte[] other = content.clone();
            for (int i = 0; i < 10 * attempt; i++) {
                int start = random.nextInt(SIZE);
                int end = Math.min(SIZE, start + random.nextInt(3 * CHUNK));
                byte[] bytes = random.nextBoolean() ? new byte[end - start] : noise(end - start, i);
                System.arraycopy(bytes, 0, other, start, end - start);
            }
            writeWithHoles(other);

            restore();

            assertRestored();
        }
    }

    /// Makes the target a file that has no space where there are zeros.
    private void writeWithHoles(byte[] bytes) throws IOException {
        Files.deleteIfExists(target);
        try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
            file.setLength(bytes.length);
            for (int at = 0; at < bytes.length; at += 4096) {
                byte[] sector = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 4096));
                if (!Arrays.equals(sector, new byte[sector.length])) {
                    file.seek(at);
                    file.write(sector);
                }
            }
        }
    }

    @Test
    void leavesHolesWhereTheDiskHasZeros() throws Exception {
        Files.write(target, noise(SIZE, 2));

        restore();

        assertRestored();
        try (DiskSource source = DiskSource.open(target)) {
            assertEquals(3L * CHUNK, source.dataFrom(0).orElseThrow().end());
            assertEquals(80L * CHUNK, source.dataFrom(64L * CHUNK).orElseThrow().offset());
        }
    }

    @Test
    void keepsTheModeAndTheOtherNamesOfAFile() throws Exception {
        Files.write(target, noise(SIZE, 2));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
        Path other = directory.resolve("other-name");
        Files.createLink(other, target);

        restore();

        assertRestored();
        assertArrayEquals(content, Files.readAllBytes(other));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }

    @Test
    void shortensALargerFile() throws Exception {
        Files.write(target, noise(SIZE + 3 * CHUNK, 2));

        restore();

        assertRestored();
    }

    @Test
    void refusesASmallerFileBeforeItIsChanged() throws Exception {
        byte[] small = noise(SIZE - 1, 2);
        Files.write(target, small);

        FileSystemException refusal = assertThrows(FileSystemException.class, this::restore);

        assertTrue(refusal.toString().contains("Has " + (SIZE - 1) + " bytes"), refusal.toString());
        assertArrayEquals(small, Files.readAllBytes(target));
    }

    @Test
    void refusesWhatIsNotThereOrNoFile() throws Exception {
        assertThrows(NoSuchFileException.class, this::restore);
        Files.createSymbolicLink(target, directory.resolve("key"));
        assertThrows(RestoreTargetExistsException.class, this::restore);
    }

    @Test
    void refusesAFileThatSomebodyHolds() throws Exception {
        Files.write(target, noise(SIZE, 2));
        byte[] before = Files.readAllBytes(target);
        // As a virtual machine holds its disk: a shared lock on a byte.
        try (FileChannel machine = FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            machine.lock(100, 1, true);

            FileInUseException refusal = assertThrows(FileInUseException.class, this::restore);

            assertTrue(refusal.toString().contains("in use"), refusal.toString());
            assertArrayEquals(before, Files.readAllBytes(target));
        }
        restore();
        assertRestored();
    }

    @Test
    void refusesASecondRestoreOfTheSameFile() throws Exception {
        Files.write(target, noise(SIZE, 2));

        bench.datastore()
                .restore(
                        point,
                        size -> {
                            RestoreTarget first = RestoreTarget.open(target, size, IN_PLACE, _ -> {});
                            assertThrows(FileInUseException.class, this::restore);
                            return first;
                        },
                        OnDamage.FAIL,
                        Watch.NONE);

        assertRestored();
    }

    @Test
    void restoresBelowADirectoryThatNobodyLeadsOutOf() throws Exception {
        Path root = targets.toRealPath();
        Files.createDirectory(root.resolve("sub"));
        Path inside = root.resolve("sub/disk.img");
        Files.write(inside, noise(SIZE, 2));
        Files.createSymbolicLink(root.resolve("link.img"), inside);

        bench.datastore().restore(point, size -> beneath(root, "sub/disk.img", size), OnDamage.FAIL, Watch.NONE);

        assertArrayEquals(content, Files.readAllBytes(inside));
        for (String outside : List.of("link.img", "sub/../../x", "sub")) {
            assertThrows(
                    FileSystemException.class,
                    () -> bench.datastore()
                            .restore(point, size -> beneath(root, outside, size), OnDamage.FAIL, Watch.NONE),
                    outside);
        }
    }

    private static RestoreTarget beneath(Path root, String name, long sizeBytes) throws IOException {
        Path relative = Path.of(name);
        return RestoreTarget.inPlace(LocalDisk.openBeneath(root, relative), root.resolve(relative), sizeBytes, true);
    }

    @Test
    void goesOnWhereItWasCancelled() throws Exception {
        Files.write(target, noise(SIZE, 2));
        Watch impatient = new Watch() {
            private long done;

            @Override
            public void progress(long doneBytes, long totalBytes) {
                done = doneBytes;
            }

            @Override
            public boolean cancelled() {
                return done > 0;
            }
        };
        assertThrows(CancellationException.class, () -> bench.datastore().restore(point, target, IN_PLACE, impatient));

        RestoreResult result = restore();

        assertTrue(result.keptBytes() > 0, result::toString);
        assertRestored();
    }

    @Test
    void needsNothingOfTheDatastoreForWhatIsRight() throws Exception {
        Files.write(target, content);
        damagePacksOfContent();

        assertEquals(0, restore().writtenBytes());
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 50L * CHUNK);
        }
        CorruptDatastoreException damage = assertThrows(CorruptDatastoreException.class, this::restore);

        String range = "bytes " + 50 * CHUNK + " to " + 51 * CHUNK;
        assertTrue(damage.getMessage().contains(range), damage.getMessage());
    }

    /// Manifests are in packs of their own, which are smaller.
    private void damagePacksOfContent() throws IOException {
        try (Stream<Path> packs = Files.walk(directory.resolve("store/packs"))) {
            for (Path pack : packs.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(pack);
                if (bytes.length > CHUNK) {
                    for (int at = CHUNK / 2; at < bytes.length - CHUNK / 2; at += CHUNK / 4) {
                        bytes[at] ^= 1;
                    }
                    Files.write(pack, bytes);
                }
            }
        }
    }
}
