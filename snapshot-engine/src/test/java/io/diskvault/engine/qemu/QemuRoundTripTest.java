package io.diskvault.engine.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.restore.ImageTarget;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskFormat;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A disk out of a qcow2, backed up, and restored to every format.
@Timeout(120)
@ResourceLock("children of this process")
class QemuRoundTripTest {

    private static final long SIZE = (20L << 20) + 512;

    @TempDir
    static Path directory;

    private static Path raw = Path.of("");
    private static Datastore datastore;
    private static RecoveryPoint point;

    @BeforeAll
    static void backUp() throws Exception {
        Programs.need("qemu-img", "qemu-nbd");
        raw = directory.resolve("disk.img");
        byte[] noise = new byte[600_000];
        new Random(9).nextBytes(noise);
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(SIZE);
            file.write(noise);
            file.seek(12_345_678);
            file.write(noise);
            file.seek(SIZE - 77);
            file.write(noise, 0, 77);
        }
        Path image = directory.resolve("disk.qcow2");
        Programs.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", "-c", raw.toString(), image.toString());
        KeyFile key = KeyFile.create(directory.resolve("key"));
        datastore = Datastore.create(directory.resolve("store"), ChunkSize.DEFAULT, key);
        BackupRequest request =
                new BackupRequest("web-1", new RecoveryPointId("1"), Instant.parse("2026-11-01T12:00:00Z"), "image");
        try (DiskSource source =
                QemuSource.open(QemuTools.installed(), QemuFormat.QCOW2, Descriptor.openForReading(image), image)) {
            point = datastore.backUp(request, source, Watch.NONE).point();
        }
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertEquals(List.of(), Programs.running());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().contains("unfinished")).toList());
        }
    }

    private static void restore(DiskFormat format, Path target, RestoreOptions options, Watch watch) throws Exception {
        ImageTarget image = new ImageTarget(format, point.snapshotTime());
        datastore.restore(
                point, size -> image.open(target, size, options, Randomness.secure()), options.onDamage(), watch);
    }

    private static void restoresTo(DiskFormat format) throws Exception {
        Path image = directory.resolve("restored." + format.extension());

        restore(format, image, RestoreOptions.NEW_FILE.resumableAs("this"), Watch.NONE);

        String compared =
                Programs.run("qemu-img", "compare", "-f", "raw", "-F", format.text(), raw.toString(), image.toString());
        assertTrue(compared.contains("Images are identical."), compared);
        String info = Programs.run("qemu-img", "info", "-f", format.text(), "--output=json", image.toString());
        assertTrue(info.contains("\"virtual-size\": " + SIZE), info);
        // Blocks of a VHDX have 8 MiB and more, which are holes of the file where nothing was written.
        assertTrue(format == DiskFormat.VHDX || Files.size(image) < SIZE, "no holes: " + Files.size(image));
        assertEquals("rw-------", permissions(image));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void everyFormatGetsTheSameDisk() throws Exception {
        for (DiskFormat format : List.of(DiskFormat.QCOW2, DiskFormat.VMDK, DiskFormat.VHDX, DiskFormat.VDI)) {
            restoresTo(format);
        }
        byte[] vmdk = Files.readAllBytes(directory.resolve("restored.vmdk"));
        String description = new String(vmdk, 512, 1024, StandardCharsets.ISO_8859_1);
        assertTrue(description.contains("SPARSE \"restored.vmdk\""), description);
    }

    @Test
    void anImageThatIsThereIsReplacedAndNotCorrected() throws Exception {
        Path image = directory.resolve("there.qcow2");
        Files.write(image, new byte[3]);

        DiskFormatException refused = assertThrows(
                DiskFormatException.class,
                () -> restore(DiskFormat.QCOW2, image, RestoreOptions.ONLY_DIFFERENCES, Watch.NONE));
        assertTrue(String.valueOf(refused.getMessage()).contains("in place"), refused.getMessage());
        assertEquals(3, Files.size(image));
        restore(DiskFormat.QCOW2, image, RestoreOptions.OVERWRITE, Watch.NONE);

        Programs.run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", raw.toString(), image.toString());
    }

    @Test
    void cancellingLeavesNothing() {
        Path image = directory.resolve("cancelled.qcow2");
        Watch cancelling = new Watch() {
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

        assertThrows(
                CancellationException.class,
                () -> restore(DiskFormat.QCOW2, image, RestoreOptions.NEW_FILE, cancelling));

        assertTrue(Files.notExists(image));
    }

    @Test
    void onlyAFileThatIsNewIsMadeAnImage() throws Exception {
        Path other = Files.write(directory.resolve("other"), new byte[3]);
        Path link = Files.createSymbolicLink(directory.resolve("link"), Files.createFile(directory.resolve("empty")));

        for (Path file : List.of(other, link)) {
            assertThrows(
                    FileSystemException.class,
                    () -> QemuWriter.create(QemuTools.installed(), QemuFormat.QCOW2, file, "x.qcow2", SIZE));
        }

        assertEquals(3, Files.size(other));
        assertEquals(0, Files.size(link));
    }
}
