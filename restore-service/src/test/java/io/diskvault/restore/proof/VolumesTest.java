package io.diskvault.restore.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private final ByteBuffer disk = ByteBuffer.allocate(8 * MIB).order(ByteOrder.LITTLE_ENDIAN);

    private DiskSource source() throws IOException {
        return DiskSource.open(Files.write(directory.resolve("disk.img"), disk.array()));
    }

    private List<Volume> volumes() throws IOException {
        try (DiskSource source = source()) {
            return Volumes.of(source);
        }
    }

    private void partition(int at, int type, int start, int sectors) {
        disk.put(at + 4, (byte) type).putInt(at + 8, start).putInt(at + 12, sectors);
    }

    private void boot(int sector) {
        disk.putShort(sector * 512 + 510, (short) 0xaa55);
    }

    private void text(int at, String text) {
        disk.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aDiskWithoutATableIsOneVolume() throws IOException {
        assertEquals(List.of(new Volume("disk", 0, 8 * MIB)), volumes());
    }

    @Test
    void aFileSystemWhoseFirstSectorLooksLikeATableIsOneVolume() throws IOException {
        boot(0);
        text(82, "FAT32   ");
        partition(446, 0x61, 1, 5);
        assertEquals(List.of(new Volume("disk", 0, 8 * MIB)), volumes());
    }

    @Test
    void anMbrHasPrimaryAndLogicalPartitions() throws IOException {
        boot(0);
        partition(446, 0x83, 2048, 2048);
        partition(462, 0x05, 4096, 8192);
        boot(4096);
        partition(4096 * 512 + 446, 0x83, 64, 1000);
        partition(4096 * 512 + 462, 0x05, 2048, 2048);
        boot(4096 + 2048);
        partition((4096 + 2048) * 512 + 446, 0x83, 64, 500);
        assertEquals(
                List.of(
                        new Volume("partition 1", MIB, MIB),
                        new Volume("partition 5", (4096 + 64) * 512, 1000 * 512),
                        new Volume("partition 6", (4096 + 2048 + 64) * 512, 500 * 512)),
                volumes());
    }

    @Test
    void aGptHasThoseOfItsTable() throws IOException {
        boot(0);
        partition(446, 0xee, 1, 16383);
        text(512, "EFI PART");
        disk.putLong(512 + 72, 2).putInt(512 + 80, 128).putInt(512 + 84, 128);
        disk.putLong(1024, 7).putLong(1024 + 32, 2048).putLong(1024 + 40, 4095);
        disk.putLong(1024 + 3 * 128, 7).putLong(1024 + 3 * 128 + 32, 4096).putLong(1024 + 3 * 128 + 40, 8191);
        assertEquals(
                List.of(new Volume("partition 1", MIB, MIB), new Volume("partition 4", 2 * MIB, 2 * MIB)), volumes());
    }

    @Test
    void partitionsThatAreNotOnTheDiskAreLeftOut() throws IOException {
        boot(0);
        partition(446, 0x83, -1, -1);
        partition(462, 0x83, 2048, 1 << 30);
        partition(478, 0x83, 2048, 100);
        assertEquals(List.of(new Volume("partition 3", MIB, 100 * 512)), volumes());
    }

    @Test
    void aChainThatLeadsBackEnds() throws IOException {
        boot(0);
        partition(446, 0x05, 4096, 8192);
        boot(4096);
        partition(4096 * 512 + 446, 0x83, 64, 1000);
        boot(4097);
        partition(4096 * 512 + 462, 0x05, 1, 2048);
        partition(4097 * 512 + 446, 0x83, 64, 1000);
        partition(4097 * 512 + 462, 0x05, 1, 2048);
        assertTrue(volumes().size() <= 60);
    }

    @Test
    void whateverIsInATableNothingBreaks() throws IOException {
        long seed = 20_261_122;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] noise = new byte[2048];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, disk.array(), 0, noise.length);
            boot(0);
            if (round % 2 == 0) {
                disk.put(450, (byte) 0xee);
                text(512, "EFI PART");
                disk.putLong(512 + 72, random.nextInt(4)).putInt(512 + 84, 128 << random.nextInt(8));
            }
            for (Volume volume : volumes()) {
                assertTrue(
                        volume.start() >= 0
                                && volume.length() > 0
                                && volume.start() + volume.length() <= disk.capacity(),
                        volume + " with seed " + seed);
            }
        }
    }

    @Test
    void fileSystemsAreKnownByTheirMarks() throws IOException {
        text(1080, "S\u00ef");
        assertEquals(FileSystemKind.EXT, kind(0));
        text(MIB + 3, "NTFS    ");
        assertEquals(FileSystemKind.NTFS, kind(MIB));
        text(2 * MIB + 65_600, "_BHRfS_M");
        assertEquals(FileSystemKind.BTRFS, kind(2 * MIB));
        Arrays.fill(disk.array(), (byte) 0);
        assertEquals(FileSystemKind.UNKNOWN, kind(0));
    }

    private FileSystemKind kind(int start) throws IOException {
        try (DiskSource source = source()) {
            return FileSystemKind.of(source, new Volume("disk", start, MIB));
        }
    }
}
