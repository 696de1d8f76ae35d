package io.diskvault.engine.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Images that `qemu-img` made, read through `qemu-nbd`.
@Timeout(120)
@ResourceLock("children of this process")
class QemuSourceTest {

    private static final int SIZE = (24 << 20) + 3 * 512;
    private static final String SECRET = "nobody may read this";

    @TempDir
    static Path directory;

    private static byte[] content = {};
    private static Path raw = Path.of("");

    @BeforeAll
    static void makeADisk() throws Exception {
        content = new byte[SIZE];
        byte[] noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        System.arraycopy(noise, 0, content, 5_000_000, noise.length);
        System.arraycopy(noise, 0, content, SIZE - 700, 700);
        Arrays.fill(content, 12 << 20, 13 << 20, (byte) 'x');
        raw = directory.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(SIZE);
            for (int at = 0; at < SIZE; at += 4096) {
                int length = Math.min(4096, SIZE - at);
                if (new String(content, at, length, StandardCharsets.ISO_8859_1)
                        .chars()
                        .anyMatch(c -> c != 0)) {
                    file.seek(at);
                    file.write(content, at, length);
                }
            }
        }
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(List.of(), Programs.running());
    }

    private static DiskSource open(QemuFormat format, Path image) throws IOException {
        return QemuSource.open(QemuTools.installed(), format, Descriptor.openForReading(image), image);
    }

    private static Path converted(String name, String... options) throws Exception {
        Path image = directory.resolve(name);
        List<String> command = Stream.of(
                        Stream.of("qemu-img", "convert", "-q", "-f", "raw"),
                        Stream.of(options),
                        Stream.of(raw.toString(), image.toString()))
                .flatMap(part -> part)
                .toList();
        Programs.run(command.toArray(new String[0]));
        return image;
    }

    private static void hasTheContent(QemuFormat format, Path image) throws Exception {
        try (DiskSource source = open(format, image)) {
            assertEquals(SIZE, source.sizeBytes(), image.toString());
            byte[] read = new byte[SIZE];
            long bytes = 0;
            Optional<Extent> data = source.dataFrom(0);
            while (data.isPresent()) {
                source.read(
                        ByteBuffer.wrap(read, (int) data.get().offset(), (int)
                                data.get().length()),
                        data.get().offset());
                bytes += data.get().length();
                data = source.dataFrom(data.get().end());
            }
            assertArrayEquals(content, read, image.toString());
            // Of a VHDX, QEMU does not tell where its holes are.
            assertTrue(bytes < 8 << 20 || format == QemuFormat.VHDX, "no holes in " + image + ": " + bytes);
            assertFalse(source.changedSinceOpened());
        }
    }

    @Test
    void everyFormatHasTheContentAndTheHoles() throws Exception {
        Programs.need("qemu-img", "qemu-nbd");

        hasTheContent(QemuFormat.QCOW2, converted("plain.qcow2", "-O", "qcow2"));
        hasTheContent(QemuFormat.QCOW2, converted("old.qcow2", "-O", "qcow2", "-o", "compat=0.10"));
        hasTheContent(QemuFormat.QCOW2, converted("small.qcow2", "-c", "-O", "qcow2", "-o", "cluster_size=4096"));
        hasTheContent(QemuFormat.VMDK, converted("plain.vmdk", "-O", "vmdk"));
        hasTheContent(QemuFormat.VMDK, converted("stream.vmdk", "-O", "vmdk", "-o", "subformat=streamOptimized"));
        hasTheContent(QemuFormat.VHDX, converted("plain.vhdx", "-O", "vhdx"));
        hasTheContent(QemuFormat.VDI, converted("plain.vdi", "-O", "vdi"));
    }

    @Test
    void aSnapshotInsideIsNotWhatIsRead() throws Exception {
        Programs.need("qemu-img", "qemu-nbd", "qemu-io");
        Path image = converted("snapshots.qcow2", "-O", "qcow2");
        Programs.run("qemu-io", "-f", "qcow2", "-c", "write -P 9 5000000 300000", image.toString());
        Programs.run("qemu-img", "snapshot", "-c", "before", image.toString());
        Programs.run("qemu-io", "-f", "qcow2", "-c", "write -P 8 5000000 200000", image.toString());

        try (DiskSource source = open(QemuFormat.QCOW2, image)) {
            ByteBuffer read = ByteBuffer.allocate(300_000);
            source.read(read, 5_000_000);

            assertEquals(8, read.get(199_999));
            assertEquals(9, read.get(200_000));
        }
    }

    @Test
    void theToolHasNoFileOpen() throws Exception {
        Programs.need("qemu-img", "qemu-nbd");
        Path image = converted("watched.qcow2", "-O", "qcow2");
        try (DiskSource source = open(QemuFormat.QCOW2, image)) {
            source.read(ByteBuffer.allocate(10), 0);
            List<ProcessHandle> tools = Programs.running();
            assertEquals(1, tools.size());
            List<String> files = openFiles(tools.getFirst().pid());

            assertTrue(files.stream().anyMatch(file -> file.startsWith("socket:")), files.toString());
            assertEquals(
                    List.of(),
                    files.stream()
                            .filter(file -> file.startsWith(directory.toString()))
                            .toList());
        }
    }

    private static List<String> openFiles(long process) throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/" + process + "/fd"))) {
            return links.filter(link -> Files.exists(link, LinkOption.NOFOLLOW_LINKS))
                    .map(link -> {
                        try {
                            return Files.readSymbolicLink(link).toString();
                        } catch (IOException e) {
                            return "";
                        }
                    })
                    .toList();
        }
    }

    private static Path secret() throws IOException {
        Path secret = directory.resolve("secret");
        Files.writeString(secret, SECRET.repeat(1000));
        return secret;
    }

    private static void refused(String reason, QemuFormat format, Path image) {
        DiskFormatException refused = assertThrows(
                DiskFormatException.class, () -> open(format, image).close());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(reason) && message.contains(image.toString()), message);
    }

    @Test
    void imagesThatNeedOtherFilesAreRefused() throws Exception {
        Programs.need("qemu-img", "qemu-nbd");
        String secret = secret().toString();
        Path backed = directory.resolve("backed.qcow2");
        Programs.run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", secret, backed.toString());
        refused("has a backing file", QemuFormat.QCOW2, backed);

        Path external = directory.resolve("external.qcow2");
        String data = "data_file=" + directory.resolve("data.raw");
        Programs.run("qemu-img", "create", "-q", "-f", "qcow2", "-o", data, external.toString(), "1M");
        refused("has an external data file", QemuFormat.QCOW2, external);

        Path flat = directory.resolve("flat.vmdk");
        Files.writeString(flat, """
                # Disk DescriptorFile
                version=1
                CID=1
                parentCID=ffffffff
                createType="monolithicFlat"

                RW 1 FLAT "/etc/hostname" 0
                """);
        refused("names the files of a disk", QemuFormat.VMDK, flat);

        Path based = directory.resolve("based.vmdk");
        Programs.run(
                "qemu-img",
                "create",
                "-q",
                "-f",
                "vmdk",
                "-F",
                "vmdk",
                "-b",
                converted("base.vmdk", "-O", "vmdk").toString(),
                based.toString());
        refused("is a difference to another image", QemuFormat.VMDK, based);
    }

    @Test
    void whatIsInAnotherFormatIsNotGuessed() throws Exception {
        Programs.need("qemu-img", "qemu-nbd");
        Path qcow2 = converted("really.qcow2", "-O", "qcow2");

        refused("is no vmdk image", QemuFormat.VMDK, qcow2);
        refused("is no vhdx image", QemuFormat.VHDX, raw);
        refused("is no vdi image", QemuFormat.VDI, qcow2);
        // A raw disk on which somebody has put the beginning of an image stays what it is.
        try (DiskSource source = DiskSource.open(qcow2)) {
            assertEquals(Files.size(qcow2), source.sizeBytes());
        }
    }

    @Test
    void aDamagedImageIsToldInTheToolsWords() throws Exception {
        Programs.need("qemu-img", "qemu-nbd");
        Path image = converted("damaged.qcow2", "-O", "qcow2");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            // The size of the first table, which would be 16 GiB.
            file.seek(36);
            file.writeInt(Integer.MAX_VALUE);
        }

        refused("cannot be opened: ", QemuFormat.QCOW2, image);
        refused("L1", QemuFormat.QCOW2, image);
    }

    @Test
    void anImageThatAMachineRunsOnIsRefused() throws Exception {
        Programs.need("qemu-img", "qemu-nbd");
        Path image = converted("running.qcow2", "-O", "qcow2");
        try (RandomAccessFile machine = new RandomAccessFile(image.toFile(), "rw");
                FileLock lock = machine.getChannel().lock(101, 1, true)) {
            assertTrue(lock.isValid());
            refused("is in use", QemuFormat.QCOW2, image);
        }
        open(QemuFormat.QCOW2, image).close();
    }

    @Test
    void saysWhatToInstall() throws Exception {
        Path image = directory.resolve("any.qcow2");
        Files.write(
                image, ByteBuffer.allocate(1024).putInt(0x514649fb).putInt(3).array());
        QemuTools none = new QemuTools(List.of(Files.createDirectories(directory.resolve("no-tools"))));

        QemuMissingException missing = assertThrows(
                QemuMissingException.class,
                () -> QemuSource.open(none, QemuFormat.QCOW2, Descriptor.openForReading(image), image));

        String message = String.valueOf(missing.getMessage());
        assertTrue(message.contains("qemu-nbd") && message.contains("apt install qemu-utils"), message);
    }

    @Test
    void aToolThatEndsIsToldWithItsWords() throws Exception {
        Path image = directory.resolve("other.qcow2");
        Files.write(
                image, ByteBuffer.allocate(1024).putInt(0x514649fb).putInt(3).array());
        Path tools = Files.createDirectories(directory.resolve("tools"));
        // A program that says what it does not like, and ends.
        Files.createSymbolicLink(tools.resolve("qemu-nbd"), Path.of("/bin/cat"));

        DiskFormatException failure = assertThrows(
                DiskFormatException.class,
                () -> QemuSource.open(
                        new QemuTools(List.of(tools)), QemuFormat.QCOW2, Descriptor.openForReading(image), image));

        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith(image + " cannot be opened: "), message);
        assertTrue(message.contains("unrecognized option"), message);
    }
}
