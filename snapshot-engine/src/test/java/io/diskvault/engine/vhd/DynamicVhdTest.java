package io.diskvault.engine.vhd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicVhdTest {
    private static final int MIB = 1 << 20;
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static byte[] content(DiskSource disk) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(disk.sizeBytes()));
        disk.read(all, 0);
        return all.array();
    }

    private static List<Extent> extents(DiskSource disk) throws IOException {
        List<Extent> extents = new ArrayList<>();
        for (Optional<Extent> extent = disk.dataFrom(0); extent.isPresent(); ) {
            extents.add(extent.get());
            extent = disk.dataFrom(extent.get().end());
        }
        return extents;
    }

    @Test
    void readsBlocksAsTheirBitmapsSay() throws IOException {
        try (DiskSource disk = VhdImage.open(new TinyVhd().open())) {
            assertEquals(TinyVhd.DISK_BYTES, disk.sizeBytes());
            assertArrayEquals(TinyVhd.disk(), content(disk));
            ByteBuffer odd = ByteBuffer.allocate(3000);
            disk.read(odd, 4000);
            assertArrayEquals(Arrays.copyOfRange(TinyVhd.disk(), 4000, 7000), odd.array());
            assertThrows(EOFException.class, () -> disk.read(ByteBuffer.allocate(2), TinyVhd.DISK_BYTES - 1));
        }
    }

    @Test
    void knowsTheHolesFromTableAndBitmaps() throws IOException {
        try (DiskSource disk = VhdImage.open(new TinyVhd().open())) {
            assertEquals(
                    List.of(
                            new Extent(4096, 512),
                            new Extent(4096 + 3 * 512, 2 * 512),
                            new Extent(4096 + 7 * 512, 512),
                            new Extent(4 * 4096, 7 * 512)),
                    extents(disk));
            assertEquals(Optional.of(new Extent(4096 + 4 * 512 + 1, 511)), disk.dataFrom(4096 + 4 * 512 + 1));
            assertEquals(Optional.empty(), disk.dataFrom(TinyVhd.DISK_BYTES));
        }
    }

    @Test
    void readsByTheCopyOfTheFooterWhenTheEndIsDamagedOrCutOff() throws IOException {
        TinyVhd damaged = new TinyVhd();
        damaged.bytes[TinyVhd.FOOTER + 10] ^= 1;
        byte[] cutOff = Arrays.copyOf(new TinyVhd().bytes, TinyVhd.FOOTER);
        for (byte[] bytes : List.of(damaged.bytes, cutOff)) {
            try (DiskSource disk = VhdImage.open(new MemoryFile(bytes))) {
                assertArrayEquals(TinyVhd.disk(), content(disk));
            }
        }
    }

    @Test
    void takesTheFootersSizeAndNotItsGeometrys() throws IOException {
        TinyVhd smaller = new TinyVhd().withFooterInt(56, 1 << 16 | 1 << 8 | 1).sealed();
        try (DiskSource disk = VhdImage.open(smaller.open())) {
            assertEquals(TinyVhd.DISK_BYTES, disk.sizeBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void readsWhatWasWrittenInAnyOrder(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] disk = new byte[9 * MIB + 512 * random.nextInt(100)];
        MemoryFile file = new MemoryFile(new byte[0]);
        DynamicVhdWriter writer = new DynamicVhdWriter(VhdFooter.dynamic(disk.length, AT, ID), file::write);
        for (int i = 0; i < 12; i++) {
            byte[] data = new byte[random.nextInt(1, MIB)];
            random.nextBytes(data);
            int at = random.nextInt(disk.length - data.length);
            writer.write(ByteBuffer.wrap(data), at);
            System.arraycopy(data, 0, disk, at, data.length);
        }
        writer.finish();
        try (DiskSource read = VhdImage.open(file)) {
            assertArrayEquals(disk, content(read), "seed " + seed);
            byte[] byExtents = new byte[disk.length];
            for (Extent extent : extents(read)) {
                ByteBuffer part = ByteBuffer.wrap(byExtents, (int) extent.offset(), (int) extent.length());
                read.read(part, extent.offset());
            }
            assertArrayEquals(disk, byExtents, "seed " + seed);
        }
    }

    @Test
    void isWrittenAsEverBefore() throws Exception {
        MemoryFile file = new MemoryFile(new byte[0]);
        DynamicVhdWriter writer = new DynamicVhdWriter(VhdFooter.dynamic(5 * MIB, AT, ID), file::write);
        writer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 4 * MIB + 512);
        writer.finish();
        byte[] bytes = file.bytes();
        HexFormat hex = HexFormat.of();
        assertEquals(
                "636f6e6563746978" + "00000002" + "00010000" + "0000000000000200" + "3279e640" + "77696e20" + "00010000"
                        + "5769326b" + "0000000000500000" + "0000000000500000" + "00960411" + "00000003",
                hex.formatHex(bytes, 0, 64));
        assertEquals(
                "6378737061727365" + "ffffffffffffffff" + "0000000000000600" + "00010000" + "00000003" + "00200000",
                hex.formatHex(bytes, 512, 548));
        assertEquals("ffffffff".repeat(2) + "00000007" + "ff".repeat(500), hex.formatHex(bytes, 1536, 2048));
        assertEquals("ff".repeat(512), hex.formatHex(bytes, 7 * 512, 4096));
        assertEquals("000000010203", hex.formatHex(bytes, 4096 + 509, 4096 + 515));
        assertEquals(4096 + 2 * MIB + 512, bytes.length);
        assertArrayEquals(Arrays.copyOf(bytes, 512), Arrays.copyOfRange(bytes, bytes.length - 512, bytes.length));
        assertEquals(
                "8adc39a1527410553617e35f649fdc969cb9f3542eeacbeec970620bfe5227e3",
                hex.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    @Test
    void takesNoRoomForBlocksThatWereNeverWrittenTo() throws IOException {
        MemoryFile file = new MemoryFile(new byte[0]);
        new DynamicVhdWriter(VhdFooter.dynamic(2040L << 30, AT, ID), file::write).finish();
        assertTrue(file.sizeBytes() < 5 * MIB, file.sizeBytes() + " bytes");
        try (DiskSource disk = VhdImage.open(file)) {
            assertEquals(2040L << 30, disk.sizeBytes());
            assertEquals(Optional.empty(), disk.dataFrom(0));
        }
    }
}
