package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.image.DiskImages;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.restore.ImageTarget;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestoreFormatTest {

    private static final byte[] CONTENT = content();

    @TempDir
    Path directory;

    @TempDir
    Path targets;

    private Workbench bench;
    private RecoveryPoint point;
    private Path target;

    /// Data at the start, over the end of a block of 2 MiB, and at the end; a block of zeros between.
    private static byte[] content() {
        byte[] content = new byte[6 * (1 << 20) + 512];
        System.arraycopy(noise(2 * CHUNK, 1), 0, content, 0, 2 * CHUNK);
        System.arraycopy(noise(4 * CHUNK, 2), 0, content, (1 << 21) - CHUNK, 4 * CHUNK);
        content[content.length - 1] = 7;
        return content;
    }

    @BeforeEach
    void backUp() throws Exception {
        bench = Workbench.in(directory);
        point = bench.backUp("disk", "1", CONTENT).point();
        target = targets.resolve("disk.vhd");
    }

    private RestoreResult restore(RecoveryPoint restored, DiskFormat format, RestoreOptions options) throws Exception {
        ImageTarget image = new ImageTarget(format, restored.snapshotTime());
        return bench.datastore()
                .restore(
                        restored,
                        size -> image.open(target, size, options, Randomness.secure()),
                        options.onDamage(),
                        Watch.NONE);
    }

    private byte[] diskIn(DiskFormat format) throws IOException {
        try (DiskSource disk = DiskImages.open(target, format)) {
            ByteBuffer content = ByteBuffer.allocate((int) disk.sizeBytes());
            disk.read(content, 0);
            return content.array();
        }
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(targets)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "VHD", "VHD_FIXED"})
    void aDiskComesBackInEveryFormat(DiskFormat format) throws Exception {
        restore(point, format, RestoreOptions.NEW_FILE);

        assertArrayEquals(CONTENT, diskIn(format));
        assertEquals(List.of("disk.vhd"), left());
        restore(point, format, RestoreOptions.OVERWRITE.resumableAs("again"));
        assertArrayEquals(CONTENT, diskIn(format));
    }

    @Test
    void aFixedOneIsAsLongAsItsDiskAndADynamicOneAsItsData() throws Exception {
        restore(point, DiskFormat.VHD_FIXED, RestoreOptions.NEW_FILE);
        assertEquals(CONTENT.length + 512, Files.size(target));
        restore(point, DiskFormat.VHD, RestoreOptions.OVERWRITE);
        // The third of four blocks holds nothing.
        assertEquals(3 * ((1 << 21) + 4096) + 512, Files.size(target));
    }

    @Test
    void aFixedOneIsCorrectedInPlaceAndKeepsItsFooter() throws Exception {
        restore(point, DiskFormat.VHD_FIXED, RestoreOptions.NEW_FILE);
        byte[] whole = Files.readAllBytes(target);
        byte[] changed = whole.clone();
        Arrays.fill(changed, 3 * CHUNK, 4 * CHUNK, (byte) 9);
        Files.write(target, changed);

        RestoreResult result = restore(point, DiskFormat.VHD, RestoreOptions.ONLY_DIFFERENCES);

        assertArrayEquals(whole, Files.readAllBytes(target));
        assertTrue(result.writtenBytes() <= CHUNK, result.writtenBytes() + " bytes written");
    }

    @Test
    void aDynamicOneIsNotWrittenOverInPlace() throws Exception {
        restore(point, DiskFormat.VHD, RestoreOptions.NEW_FILE);
        byte[] whole = Files.readAllBytes(target);

        refused("is a dynamic VHD", point, DiskFormat.VHD, RestoreOptions.ONLY_DIFFERENCES);
        refused("is a dynamic VHD", point, DiskFormat.VHD_FIXED, RestoreOptions.ONLY_DIFFERENCES);

        assertArrayEquals(whole, Files.readAllBytes(target));
    }

    @Test
    void aDiskOfAnotherSizeIsNotWrittenIntoAFixedOne() throws Exception {
        restore(point, DiskFormat.VHD_FIXED, RestoreOptions.NEW_FILE);
        RecoveryPoint smaller =
                bench.backUp("disk", "2", Arrays.copyOf(CONTENT, 1024)).point();

        refused("is a VHD of a disk of 6291968 bytes", smaller, DiskFormat.VHD, RestoreOptions.ONLY_DIFFERENCES);
    }

    @Test
    void whatTheFormatCannotHoldIsRefusedAndLeavesNothing() throws Exception {
        RecoveryPoint odd = bench.backUp("odd", "1", new byte[] {1, 2, 3}).point();

        refused("has whole sectors of 512 bytes, and this one has 3", odd, DiskFormat.VHD, RestoreOptions.NEW_FILE);
        refused("Restore it in the format raw", odd, DiskFormat.VHD_FIXED, RestoreOptions.NEW_FILE);

        assertEquals(List.of(), left());
    }

    private void refused(String complaint, RecoveryPoint restored, DiskFormat format, RestoreOptions options) {
        DiskFormatException refusal = assertThrows(DiskFormatException.class, () -> restore(restored, format, options));
        assertTrue(String.valueOf(refusal.getMessage()).contains(complaint), refusal.getMessage());
    }
}
