package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.PointOverlay;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recovery point that can be written to, in the hands of clients that nobody here wrote; each is skipped where it
/// is not installed. What they leave is kept as a recovery point, restored, and compared with what they were told.
class WritingClientsTest {

    /// Not a whole number of chunks.
    private static final int SIZE = (24 << 20) + 5 * 512;

    @TempDir
    Path directory;

    private Path image;
    private Datastore datastore;
    private PointDisk disk;
    private PointOverlay overlay;
    private NbdServer server;
    private String uri = "";

    @BeforeEach
    void serve() throws Exception {
        image = directory.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
            file.seek(5 << 20);
            file.write(noise(3 << 20, 1));
        }
        KeyFile key = KeyFile.create(directory.resolve("key"));
        datastore = Datastore.create(directory.resolve("store"), ChunkSize.DEFAULT, key);
        RecoveryPoint point;
        try (DiskSource source = DiskSource.open(image)) {
            point = datastore.backUp(request("1"), source, Watch.NONE).point();
        }
        disk = datastore.openPoint(point);
        overlay = PointOverlay.create(disk, directory.resolve("overlay"));
        Export export = new Export("web-1", "recovery point 1 of web-1", overlay);
        server = NbdServer.onSocket(directory.resolve("nbd.sock"), new FixedExports(export, export), NbdLimits.DEFAULT);
        uri = server.uri("web-1").toString();
    }

    private static BackupRequest request(String id) {
        return new BackupRequest("web-1", new RecoveryPointId(id), Instant.parse("2026-11-01T12:00:00Z"), "image");
    }

    private static byte[] noise(int length, long seed) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        overlay.close();
        disk.close();
    }

    /// What the disk holds now, by way of a recovery point that is restored.
    private byte[] kept() throws Exception {
        RecoveryPoint kept = datastore.keep(request("2"), overlay, Watch.NONE).point();
        Path restored = directory.resolve("kept.img");
        datastore.restore(kept, restored, RestoreOptions.NEW_FILE, Watch.NONE);
        return Files.readAllBytes(restored);
    }

    private Path otherImage() throws Exception {
        Path other = directory.resolve("other.img");
        try (RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw")) {
            file.setLength(SIZE);
            file.seek(1_234_567);
            file.write(noise(7_654_321, 2));
            file.seek(SIZE - 700);
            file.write(noise(700, 3));
        }
        return other;
    }

    @Test
    void nbdinfoSeesThatItCanBeWrittenTo() throws Exception {
        Programs.needs("nbdinfo", "libnbd-bin");

        String json = Programs.succeeded("nbdinfo", "--json", uri);

        for (String expected : List.of(
                "\"is_read_only\": false",
                "\"can_flush\": true",
                "\"can_fua\": true",
                "\"can_trim\": true",
                "\"can_zero\": true",
                "\"can_fast_zero\": false",
                "\"can_multi_conn\": true")) {
            assertTrue(json.contains(expected), expected + " is not in " + json);
        }
    }

    @Test
    void nbdcopyCopiesBothWays() throws Exception {
        Programs.needs("nbdcopy", "libnbd-bin");
        Path other = otherImage();
        Path back = directory.resolve("back.img");

        Programs.succeeded("nbdcopy", "--flush", "--connections=4", other.toString(), uri);
        Programs.succeeded("nbdcopy", "--connections=4", uri, back.toString());

        assertEquals(-1, Files.mismatch(other, back));
        assertArrayEquals(Files.readAllBytes(other), kept());
        // Blocks that hold nothing are not written as data.
        assertEquals(
                Optional.of(1_234_567L / 65_536 * 65_536),
                overlay.dataIn(0, SIZE).map(Extent::offset));

        // One request at a time, of an odd size, with all zeros written out.
        Programs.succeeded("nbdcopy", "--synchronous", "--allocated", "--request-size=4194304", image.toString(), uri);
        byte[] content = new byte[SIZE];
        overlay.read(0, ByteBuffer.wrap(content));
        assertArrayEquals(Files.readAllBytes(image), content);
    }

    @Test
    void qemuIoWritesPatternsAndFindsThem() throws Exception {
        Programs.needs("qemu-io", "qemu-utils");
        byte[] expected = Files.readAllBytes(image);
        List<String> command = new ArrayList<>(List.of("qemu-io", "-f", "raw"));
        Random random = new Random(4);
        for (int i = 1; i <= 20; i++) {
            int offset = random.nextInt(SIZE / 512) * 512;
            int length = (random.nextInt(Math.min(SIZE - offset, 1 << 20) / 512) + 1) * 512;
            String where = " " + offset + " " + length;
            boolean zero = i % 4 == 0;
            String fua = i % 3 == 0 ? " -f" : "";
            String how = zero ? " -z" + (i % 8 == 0 ? " -u" : "") : " -P " + i;
            command.addAll(List.of("-c", "write" + fua + how + where));
            command.addAll(List.of("-c", "read -P " + (zero ? 0 : i) + where));
            Arrays.fill(expected, offset, offset + length, (byte) (zero ? 0 : i));
        }
        command.addAll(List.of("-c", "discard 6291456 1048576", "-c", "flush"));
        Arrays.fill(expected, 6 << 20, 7 << 20, (byte) 0);
        command.add(uri);

        String said = Programs.succeeded(command.toArray(String[]::new));

        assertFalse(said.contains("failed"), said);
        assertArrayEquals(expected, kept());
    }

    @Test
    void qemuImgConvertsIntoIt() throws Exception {
        Programs.needs("qemu-img", "qemu-utils");
        Path other = otherImage();
        Path qcow = directory.resolve("other.qcow2");
        Programs.succeeded("qemu-img", "convert", "-f", "raw", "-O", "qcow2", other.toString(), qcow.toString());

        Programs.succeeded("qemu-img", "convert", "-n", "-f", "qcow2", "-O", "raw", qcow.toString(), uri);

        String compared = Programs.succeeded("qemu-img", "compare", "-f", "raw", "-F", "raw", other.toString(), uri);
        assertTrue(compared.contains("Images are identical."), compared);
        assertArrayEquals(Files.readAllBytes(other), kept());
    }

    @Test
    void aFileSystemIsMadeAndCheckedInPlace() throws Exception {
        Programs.needs("mke2fs", "e2fsprogs");
        Programs.mounted(directory, uri, file -> {
            Programs.succeeded("mke2fs", "-q", "-F", "-t", "ext4", "-d", "src/main", file.toString());
            Programs.succeeded("e2fsck", "-fn", file.toString());
        });
        Path kept = Files.write(directory.resolve("checked.img"), kept());
        Programs.succeeded("e2fsck", "-fn", kept.toString());
    }
}
