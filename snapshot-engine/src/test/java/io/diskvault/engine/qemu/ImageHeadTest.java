package io.diskvault.engine.qemu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which images are refused before any tool sees them. The bytes are written out as the formats' descriptions have
/// them.
class ImageHeadTest {

    private static final String DESCRIPTION = """
            # Disk DescriptorFile
            version=1
            CID=4591da8e
            parentCID=ffffffff
            createType="monolithicSparse"

            # Extent description
            RW 16384 SPARSE "web-1.vmdk"
            """;

    @TempDir
    Path directory;

    private static ByteBuffer qcow2(int version) {
        return ByteBuffer.allocate(4096)
                .put(new byte[] {'Q', 'F', 'I', (byte) 0xfb})
                .putInt(version)
                .rewind();
    }

    private static ByteBuffer vmdk(long capacity, String description) {
        ByteBuffer vmdk = ByteBuffer.allocate(64 << 10).order(ByteOrder.LITTLE_ENDIAN);
        vmdk.put("KDMV".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(3);
        vmdk.putLong(12, capacity).putLong(28, 1).putLong(36, 20);
        vmdk.put(512, description.getBytes(StandardCharsets.US_ASCII));
        return vmdk.rewind().order(ByteOrder.BIG_ENDIAN);
    }

    private static void accepted(QemuFormat format, ByteBuffer head) {
        assertDoesNotThrow(() -> format.check(head, "disk"));
    }

    private static void refused(String reason, QemuFormat format, ByteBuffer head) {
        DiskFormatException refused = assertThrows(DiskFormatException.class, () -> format.check(head, "disk"));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    @Test
    void qcow2ThatNeedsOtherFilesIsRefused() {
        accepted(QemuFormat.QCOW2, qcow2(2));
        accepted(QemuFormat.QCOW2, qcow2(3));
        accepted(QemuFormat.QCOW2, qcow2(3).putLong(72, 0b11011));
        refused("has a backing file", QemuFormat.QCOW2, qcow2(2).putLong(8, 112));
        refused("has a backing file", QemuFormat.QCOW2, qcow2(3).putLong(8, -1));
        refused("has an external data file", QemuFormat.QCOW2, qcow2(3).putLong(72, 4));
        refused("features that this version does not know (0x20)", QemuFormat.QCOW2, qcow2(3).putLong(72, 32));
        refused("features", QemuFormat.QCOW2, qcow2(3).putLong(72, Long.MIN_VALUE));
        refused("encrypted", QemuFormat.QCOW2, qcow2(3).putInt(32, 2));
        refused("version 1", QemuFormat.QCOW2, qcow2(1));
        refused("does not begin like one", QemuFormat.QCOW2, ByteBuffer.allocate(4096));
        refused("does not begin like one", QemuFormat.QCOW2, qcow2(3).limit(100));
        refused("does not begin like one", QemuFormat.QCOW2, ByteBuffer.allocate(0));
    }

    @Test
    void vmdkThatNeedsOtherFilesIsRefused() {
        accepted(QemuFormat.VMDK, vmdk(16384, DESCRIPTION));
        accepted(QemuFormat.VMDK, vmdk(16384, DESCRIPTION.replace("monolithicSparse", "streamOptimized")));
        accepted(QemuFormat.VMDK, vmdk(16384, DESCRIPTION.replace("\n", "\r\n").replace("=\"mono", " = \"mono")));
        refused(
                "names the files of a disk",
                QemuFormat.VMDK,
                ByteBuffer.wrap(DESCRIPTION.getBytes(StandardCharsets.US_ASCII)));
        refused("names the files of a disk", QemuFormat.VMDK, vmdk(0, DESCRIPTION));
        refused("not of a kind", QemuFormat.VMDK, vmdk(16384, DESCRIPTION.replace("mono", "stereo")));
        refused("not of a kind", QemuFormat.VMDK, vmdk(16384, ""));
        refused("difference", QemuFormat.VMDK, vmdk(16384, DESCRIPTION.replace("ffffffff", "4591da8e")));
        refused("difference", QemuFormat.VMDK, vmdk(16384, DESCRIPTION + "parentFileNameHint=\"/etc/hostname\"\n"));
        refused("several files", QemuFormat.VMDK, vmdk(16384, DESCRIPTION + "RW 1 FLAT \"/etc/hostname\" 0\n"));
        refused("several files", QemuFormat.VMDK, vmdk(16384, DESCRIPTION).putLong(28, 0));
        refused("damaged", QemuFormat.VMDK, vmdk(16384, DESCRIPTION).putLong(28, -1));
        refused("damaged", QemuFormat.VMDK, vmdk(16384, DESCRIPTION).putLong(36, Long.MAX_VALUE));
        refused("does not begin like one", QemuFormat.VMDK, ByteBuffer.allocate(512));
        refused(
                "does not begin like one",
                QemuFormat.VMDK,
                vmdk(16384, DESCRIPTION).limit(511));
    }

    @Test
    void nothingButARefusalComesOfNoise() {
        int refused = 0;
        for (int seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            ByteBuffer head = random.nextBoolean() ? qcow2(random.nextInt(5)) : vmdk(random.nextInt(2), DESCRIPTION);
            for (int times = random.nextInt(1, 20); times > 0; times--) {
                head.put(random.nextInt(random.nextInt(1, 800)), (byte) random.nextInt());
            }
            head.limit(random.nextInt(head.limit() + 1));
            for (QemuFormat format : QemuFormat.values()) {
                try {
                    format.check(head, "disk");
                } catch (DiskFormatException e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 8000, "refused: " + refused);
    }

    @Test
    void whatWasCheckedStaysWhoeverWritesToTheImage() throws Exception {
        Path file = directory.resolve("disk.qcow2");
        Files.write(file, qcow2(3).array());
        try (RandomAccessFile writer = new RandomAccessFile(file.toFile(), "rw")) {
            writer.setLength(1 << 20);
            writer.seek(100_000);
            writer.write(7);
            try (DiskSource source = DiskSource.open(file)) {
                ImageExport image = ImageExport.of(source);
                writer.seek(8);
                writer.writeLong(112);

                ByteBuffer seen = ByteBuffer.allocate(1 << 20);
                image.read(0, seen);

                assertEquals(0, seen.getLong(8));
                assertEquals(7, seen.get(100_000));
                ByteBuffer across = ByteBuffer.allocate(70_000);
                image.read(50_000, across);
                assertArrayEquals(Arrays.copyOfRange(seen.array(), 50_000, 120_000), across.array());
                assertEquals(Optional.of(new Extent(0, 65536)), image.dataIn(0, 1 << 20));
                assertEquals(Optional.empty(), image.dataIn(500_000, 1 << 20));
            }
        }
    }
}
