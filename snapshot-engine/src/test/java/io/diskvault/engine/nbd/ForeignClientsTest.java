package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.datastore.BackupRequest;
import io.diskvault.engine.datastore.ChunkSize;
import io.diskvault.engine.datastore.Datastore;
import io.diskvault.engine.datastore.KeyFile;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.datastore.RecoveryPoint;
import io.diskvault.engine.datastore.RecoveryPointId;
import io.diskvault.engine.datastore.Watch;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recovery point of a disk with a file system, served to clients that nobody here wrote. Each test needs its client
/// and is skipped where that is not installed; on Debian they are in libnbd-bin, qemu-utils and e2fsprogs.
class ForeignClientsTest {

    private static final int BLOCK = ChunkSize.DEFAULT.bytes();

    /// Not a whole number of chunks.
    private static final long SIZE = (48L << 20) + 5 * 512;

    private static final long NOISE_AT = 40L << 20;

    @TempDir
    static Path directory;

    private static Path image;
    private static PointDisk disk;
    private static Export export;
    private static NbdServer server;
    private static String uri = "";

    @BeforeAll
    static void serveARecoveryPoint() throws Exception {
        image = directory.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        if (Programs.isInstalled("mke2fs")) {
            assertEquals(
                    0,
                    Programs.run("mke2fs", "-q", "-F", "-t", "ext4", "-d", "src/main", image.toString(), "32M")
                            .status());
        }
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            byte[] noise = new byte[777_777];
            new Random(6).nextBytes(noise);
            file.seek(NOISE_AT);
            file.write(noise);
            file.seek(SIZE - 3);
            file.write(noise, 0, 3);
        }
        KeyFile key = KeyFile.create(directory.resolve("key"));
        Datastore datastore = Datastore.create(directory.resolve("store"), ChunkSize.DEFAULT, key);
        RecoveryPoint point;
        try (DiskSource source = DiskSource.open(image)) {
            BackupRequest request = new BackupRequest(
                    "web-1", new RecoveryPointId("1"), Instant.parse("2026-11-01T12:00:00Z"), "image");
            point = datastore.backUp(request, source, Watch.NONE).point();
        }
        disk = datastore.openPoint(point);
        export = new Export("web-1", "recovery point 1 of web-1", disk);
        server = NbdServer.onSocket(directory.resolve("nbd.sock"), new FixedExports(export, export), NbdLimits.DEFAULT);
        uri = server.uri("web-1").toString();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        assertEquals(0, export.connections());
        disk.close();
    }

    /// Where the image has chunks that are not zeros.
    private static List<Extent> data() throws IOException {
        byte[] content = Files.readAllBytes(image);
        List<Extent> data = new ArrayList<>();
        for (int at = 0; at < content.length; at += BLOCK) {
            int end = Math.min(content.length, at + BLOCK);
            boolean zero = true;
            for (int i = at; i < end && zero; i++) {
                zero = content[i] == 0;
            }
            if (!zero) {
                boolean goesOn = !data.isEmpty() && data.getLast().end() == at;
                Extent extent = goesOn ? data.removeLast() : new Extent(at, 1);
                data.add(new Extent(extent.offset(), end - extent.offset()));
            }
        }
        assertTrue(data.size() > 1, data.toString());
        return data;
    }

    /// The stretches of data in the JSON of a map.
    private static List<Extent> data(String json, Pattern dataEntry) {
        List<Extent> data = new ArrayList<>();
        Matcher entries = dataEntry.matcher(json);
        while (entries.find()) {
            data.add(new Extent(Long.parseLong(entries.group(1)), Long.parseLong(entries.group(2))));
        }
        return data;
    }

    @Test
    void nbdinfoSeesWhatItIs() throws Exception {
        Programs.needs("nbdinfo", "libnbd-bin");

        String json = Programs.succeeded("nbdinfo", "--json", uri);

        for (String expected : List.of(
                "\"protocol\": \"newstyle-fixed\"",
                "\"structured\": true",
                "\"export-name\": \"web-1\"",
                "\"description\": \"recovery point 1 of web-1\"",
                "\"export-size\": " + SIZE,
                "\"is_read_only\": true",
                "\"can_multi_conn\": true",
                "\"can_df\": true",
                "\"base:allocation\"",
                "\"block_size_minimum\": 1",
                "\"block_size_preferred\": " + BLOCK,
                "\"block_size_maximum\": " + (32 << 20))) {
            assertTrue(json.contains(expected), expected + " is not in " + json);
        }
        String list =
                Programs.succeeded("nbdinfo", "--list", "--json", server.uri("").toString());
        assertTrue(list.contains("\"export-name\": \"web-1\""), list);
        assertNotEquals(
                0, Programs.run("nbdinfo", server.uri("web-2").toString()).status());
    }

    @Test
    void nbdinfoSeesWhereDataIs() throws Exception {
        Programs.needs("nbdinfo", "libnbd-bin");

        String map = Programs.succeeded("nbdinfo", "--map", "--json", uri);

        assertEquals(
                data(),
                data(
                        map,
                        Pattern.compile(
                                "\"offset\": (\\d+),\\s*\"length\": (\\d+),\\s*\"type\": 0,\\s*\"description\": \"data\"")),
                map);
    }

    @Test
    void nbdcopyCopiesEveryByte() throws Exception {
        Programs.needs("nbdcopy", "libnbd-bin");
        for (String connections : List.of("1", "4")) {
            Path copy = directory.resolve("copy-" + connections);

            Programs.succeeded("nbdcopy", "--connections=" + connections, uri, copy.toString());

            assertEquals(-1, Files.mismatch(image, copy));
        }
        if (Programs.isInstalled("e2fsck")) {
            Programs.succeeded("e2fsck", "-fn", directory.resolve("copy-4").toString());
        }
        // Without structured replies, one request at a time, of an odd size.
        Path copy = directory.resolve("copy-sync");
        Programs.succeeded("nbdcopy", "--synchronous", "--request-size=4194304", uri, copy.toString());
        assertEquals(-1, Files.mismatch(image, copy));
    }

    @Test
    void e2fsckChecksAFileSystemWhereItIs() throws Exception {
        Programs.needs("mke2fs", "e2fsprogs");

        Programs.mounted(directory, uri, file -> {
            Programs.succeeded("e2fsck", "-fn", file.toString());
            assertEquals(-1, Files.mismatch(image, file));
        });
    }

    @Test
    void qemuImgSeesTheSameDisk() throws Exception {
        Programs.needs("qemu-img", "qemu-utils");

        String info = Programs.succeeded("qemu-img", "info", "--output=json", uri);
        assertTrue(info.contains("\"virtual-size\": " + SIZE), info);
        String compared = Programs.succeeded("qemu-img", "compare", "-f", "raw", "-F", "raw", image.toString(), uri);
        assertTrue(compared.contains("Images are identical."), compared);
        Path qcow = directory.resolve("copy.qcow2");
        Programs.succeeded("qemu-img", "convert", "-f", "raw", "-O", "qcow2", uri, qcow.toString());
        Programs.succeeded("qemu-img", "compare", "-f", "raw", "-F", "qcow2", image.toString(), qcow.toString());
    }

    @Test
    void qemuImgSeesWhereDataIs() throws Exception {
        Programs.needs("qemu-img", "qemu-utils");

        String map = Programs.succeeded("qemu-img", "map", "-f", "raw", "--output=json", uri);

        assertEquals(
                data(), data(map, Pattern.compile("\"start\": (\\d+), \"length\": (\\d+)[^}]*\"data\": true")), map);
    }

    @Test
    void qemuIoReadsAnywhereAndMayNotWrite() throws Exception {
        Programs.needs("qemu-io", "qemu-utils");

        String read = Programs.succeeded(
                "qemu-io",
                "-r",
                "-f",
                "raw",
                "-c",
                "read -v " + (NOISE_AT + 4097) + " 16",
                "-c",
                "read -P 0 " + (NOISE_AT - 70_001) + " 4099",
                uri);
        byte[] sixteen = new byte[16];
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
            file.seek(NOISE_AT + 4097);
            file.readFully(sixteen);
        }
        assertTrue(read.contains(HexFormat.ofDelimiter(" ").formatHex(sixteen)), read);
        assertFalse(read.contains("failed"), read);

        assertNotEquals(
                0,
                Programs.run("qemu-io", "-f", "raw", "-c", "write 0 512", uri).status());
    }

    @Test
    void qemuNbdListsIt() throws Exception {
        Programs.needs("qemu-nbd", "qemu-utils");

        String list = Programs.succeeded(
                "qemu-nbd", "--list", "-k", directory.resolve("nbd.sock").toString());

        assertTrue(list.contains("exports available: 1"), list);
        assertTrue(list.contains("size:  " + SIZE), list);
        assertTrue(list.contains("base:allocation"), list);
    }
}
