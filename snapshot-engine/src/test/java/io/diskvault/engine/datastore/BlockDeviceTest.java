package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskvault.engine.RestoreTargetExistsException;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.posix.FileInUseException;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backs up and restores a real block device: a loop device over a file. Needs root and a kernel with loop devices.
class BlockDeviceTest {

    private static final int SIZE = 8 << 20;

    @TempDir
    Path directory;

    private byte[] content = new byte[0];
    private String device = "";

    @BeforeEach
    void attachALoopDevice() throws Exception {
        content = noise(SIZE, 1);
        Arrays.fill(content, 1 << 20, 3 << 20, (byte) 0);
        Path backing = Files.write(directory.resolve("backing"), content);
        device = output("losetup", "--find", "--show", backing.toString());
        assumeTrue(device.startsWith("/dev/"), "losetup is not available here, so block devices are not tried");
    }

    @AfterEach
    void detach() throws Exception {
        if (device.startsWith("/dev/")) {
            output("losetup", "--detach", device);
        }
    }

    private static String output(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? text : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void backsUpAndOverwritesABlockDevice() throws Exception {
        Workbench bench = Workbench.in(directory);
        Path path = Path.of(device);
        RecoveryPoint point;
        try (DiskSource source = DiskSource.open(path)) {
            assertEquals(SIZE, source.sizeBytes());
            point = bench.backUp("disk", "1", source).point();
        }
        assertEquals(SIZE - (2 << 20), point.usedBytes());
        assertArrayEquals(content, bench.restored(point));

        Files.write(path, noise(SIZE, 2));
        assertThrows(
                RestoreTargetExistsException.class,
                () -> bench.datastore().restore(point, path, RestoreOptions.NEW_FILE, Watch.NONE));
        bench.datastore().restore(point, path, RestoreOptions.OVERWRITE, Watch.NONE);

        assertArrayEquals(content, Files.readAllBytes(path));
    }

    @Test
    void writesOnlyWhatDiffersToABlockDevice() throws Exception {
        Workbench bench = Workbench.in(directory);
        RecoveryPoint point = bench.backUp("disk", "1", content).point();
        Path path = Path.of(device);
        byte[] other = content.clone();
        other[5] ^= 1;
        other[2 << 20] = 1; // Where there are zeros.
        other[SIZE - 1] ^= 1;
        Files.write(path, other);

        RestoreResult result = bench.datastore().restore(point, path, RestoreOptions.ONLY_DIFFERENCES, Watch.NONE);

        assertEquals(3L * Workbench.CHUNK, result.writtenBytes());
        assertArrayEquals(content, Files.readAllBytes(path));
    }

    @Test
    void refusesADeviceThatSomebodyHolds() throws Exception {
        Workbench bench = Workbench.in(directory);
        RecoveryPoint point = bench.backUp("disk", "1", noise(SIZE, 4)).point();
        Path path = Path.of(device);

        try (Descriptor _ = Descriptor.openDeviceExclusively(path)) {
            FileInUseException refusal = assertThrows(
                    FileInUseException.class,
                    () -> bench.datastore().restore(point, path, RestoreOptions.OVERWRITE, Watch.NONE));
            assertTrue(refusal.toString().contains("mounted"), refusal.toString());
        }
        assertArrayEquals(content, Files.readAllBytes(path));
    }

    @Test
    void refusesADeviceThatIsTooSmall() throws Exception {
        Workbench bench = Workbench.in(directory);
        RecoveryPoint point = bench.backUp("disk", "1", noise(SIZE + 1, 3)).point();

        FileSystemException refusal = assertThrows(
                FileSystemException.class,
                () -> bench.datastore().restore(point, Path.of(device), RestoreOptions.OVERWRITE, Watch.NONE));

        assertTrue(refusal.toString().contains("needs " + (SIZE + 1)), refusal.toString());
        assertArrayEquals(content, Files.readAllBytes(Path.of(device)));
    }
}
