package io.diskvault.engine.vhd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.source.DiskFormatException;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A VHD that is not what it says: a clear error, never another one, never more memory than the file could justify.
class MalformedVhdTest {
    private static final int SIZE = 48;
    private static final int TYPE = 60;

    private static final int TABLE_OFFSET = TinyVhd.HEADER + 16;
    private static final int BLOCKS = TinyVhd.HEADER + 28;
    private static final int BLOCK_BYTES = TinyVhd.HEADER + 32;

    static Arguments[] wrong() {
        return new Arguments[] {
            wrong("the footer at byte 11264 is not there", new TinyVhd().withFooterInt(0, 0)),
            wrong("the footer at byte 11264 is damaged", new TinyVhd().withFooterInt(TYPE, 2)),
            wrong(
                    "has version 0x20000",
                    new TinyVhd().withFooterInt(12, 0x20000).sealed()),
            wrong("differencing disk", new TinyVhd().withFooterInt(TYPE, 4).sealed()),
            wrong("says type 7", new TinyVhd().withFooterInt(TYPE, 7).sealed()),
            wrong("no whole sectors", new TinyVhd().withFooterLong(SIZE, 1000).sealed()),
            wrong(
                    "18446744073709551104 bytes",
                    new TinyVhd().withFooterLong(SIZE, -512).sealed()),
            wrong(
                    "the file has been cut off",
                    new TinyVhd()
                            .withFooterInt(TYPE, 2)
                            .withFooterLong(SIZE, 1 << 20)
                            .sealed()),
            wrong(
                    "the header at byte 11776 does not lie in the file",
                    new TinyVhd().withFooterLong(16, 11776).sealed()),
            wrong(
                    "the header at byte 18446744073709551615 does",
                    new TinyVhd().withFooterLong(16, -1).sealed()),
            wrong(
                    "the header at byte 0 is not there",
                    new TinyVhd().withFooterLong(16, 0).sealed()),
            wrong("the header at byte 512 is damaged", new TinyVhd().withInt(BLOCKS, 6)),
            wrong(
                    "the header at byte 512 has version",
                    new TinyVhd().withInt(TinyVhd.HEADER + 24, 1).sealed()),
            wrong(
                    "blocks of 3000 bytes",
                    new TinyVhd().withInt(BLOCK_BYTES, 3000).sealed()),
            wrong("blocks of 0 bytes", new TinyVhd().withInt(BLOCK_BYTES, 0).sealed()),
            wrong("blocks of 512 bytes", new TinyVhd().withInt(BLOCK_BYTES, 512).sealed()),
            wrong(
                    "blocks of 2147483648 bytes",
                    new TinyVhd().withInt(BLOCK_BYTES, 1 << 31).sealed()),
            wrong("too few for a disk", new TinyVhd().withInt(BLOCKS, 4).sealed()),
            wrong(
                    "and 4177920 are the most",
                    new TinyVhd()
                            .withFooterLong(SIZE, 1L << 40)
                            .withInt(BLOCKS, -1)
                            .sealed()),
            wrong(
                    "the block table at byte 1536 with 4177920 entries does not lie in the file",
                    new TinyVhd()
                            .withFooterLong(SIZE, 2040L << 30)
                            .withInt(BLOCKS, -1)
                            .withInt(BLOCK_BYTES, 1 << 19)
                            .sealed()),
            wrong(
                    "the block table at byte 11260",
                    new TinyVhd().withLong(TABLE_OFFSET, 11260).sealed()),
            wrong(
                    "the block table at byte 18446744073709551615",
                    new TinyVhd().withLong(TABLE_OFFSET, -1).sealed()),
            wrong(
                    "the block table at byte 9223372036854775807",
                    new TinyVhd().withLong(TABLE_OFFSET, Long.MAX_VALUE).sealed()),
            wrong(
                    "lies on the headers",
                    new TinyVhd().withLong(TABLE_OFFSET, 100).sealed()),
            wrong(
                    "lies on the headers",
                    new TinyVhd().withLong(TABLE_OFFSET, 1530).sealed()),
            wrong("block 0 ends at byte", new TinyVhd().withInt(TinyVhd.TABLE, 0xfffffffe)),
            wrong("block 0 ends at byte 11776", new TinyVhd().withInt(TinyVhd.TABLE, TinyVhd.SECOND / 512 + 1)),
            wrong("block 2 on the headers", new TinyVhd().withInt(TinyVhd.TABLE + 8, 0)),
            wrong("block 2 on the headers or the table", new TinyVhd().withInt(TinyVhd.TABLE + 8, 3)),
            wrong("two blocks on each other", new TinyVhd().withInt(TinyVhd.TABLE + 8, TinyVhd.SECOND / 512)),
            wrong("two blocks on each other", new TinyVhd().withInt(TinyVhd.TABLE + 8, TinyVhd.SECOND / 512 - 1)),
        };
    }

    private static Arguments wrong(String complaint, TinyVhd file) {
        return Arguments.of(complaint, file);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void isRefusedWithWhatIsWrongAndWhere(String complaint, TinyVhd vhd) {
        MemoryFile file = vhd.open();
        DiskFormatException refusal = assertThrows(DiskFormatException.class, () -> VhdImage.open(file));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("disk.vhd cannot be read as a VHD: the "), message);
        assertTrue(message.contains(complaint), message);
        assertTrue(file.closed);
    }

    @Test
    void isRefusedWhenItIsTooShortForAFooter() {
        for (int length : new int[] {0, 1, 511}) {
            MemoryFile file = new MemoryFile(new byte[length]);
            DiskFormatException refusal = assertThrows(DiskFormatException.class, () -> VhdImage.open(file));
            assertTrue(String.valueOf(refusal.getMessage()).contains("which has " + length + " bytes"));
        }
    }

    /// Its guest has written a VHD's beginning to its disk. Whoever damages the end of the file is not the guest.
    @Test
    void isNeverFoundInWhatAGuestWroteToAFixedOne() throws IOException {
        byte[] guests = new TinyVhd().bytes;
        byte[] bytes = Arrays.copyOf(guests, guests.length + 512);
        VhdFooter own = VhdFooter.fixed(guests.length, Instant.EPOCH, new UUID(0, 1));
        ByteBuffer.wrap(bytes).put(guests.length, own.encode(), 0, 512);
        try (DiskSource disk = VhdImage.open(new MemoryFile(bytes))) {
            assertEquals(guests.length, disk.sizeBytes());
            ByteBuffer content = ByteBuffer.allocate(guests.length);
            disk.read(content, 0);
            assertArrayEquals(guests, content.array());
        }
        try (DiskSource disk = VhdImage.openFixed(new MemoryFile(bytes))) {
            assertEquals(guests.length, disk.sizeBytes());
        }
        bytes[guests.length] ^= 1;
        assertThrows(DiskFormatException.class, () -> VhdImage.openFixed(new MemoryFile(bytes)));
        assertThrows(DiskFormatException.class, () -> VhdImage.openFixed(new TinyVhd().open()));
    }

    /// Half of the mutants get right checksums, so that they come past them.
    @Test
    void noMutantDoesHarm() throws IOException {
        Random random = new Random(20_261_101);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 6000; i++) {
            TinyVhd mutant = new TinyVhd();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                mutate(mutant, random);
            }
            if (random.nextBoolean()) {
                mutant.sealed();
            }
            byte[] bytes = Arrays.copyOf(
                    mutant.bytes, random.nextInt(10) == 0 ? random.nextInt(mutant.bytes.length) : mutant.bytes.length);
            try (DiskSource disk = VhdImage.open(new MemoryFile(bytes))) {
                readAll(disk);
                read++;
            } catch (DiskFormatException refusal) {
                refused++;
            }
        }
        assertTrue(read > 500 && refused > 500, read + " were read, " + refused + " refused");
    }

    private static void mutate(TinyVhd mutant, Random random) {
        int area = random.nextInt(4);
        int from = new int[] {0, TinyVhd.HEADER, TinyVhd.TABLE, TinyVhd.FOOTER}[area];
        int at = from + random.nextInt(new int[] {88, 72, 24, 88}[area]);
        switch (random.nextInt(3)) {
            case 0 -> mutant.bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mutant.bytes[at] = (byte) random.nextInt();
            default -> mutant.file.putInt(at / 4 * 4, new int[] {0, -1, 1, 1 << 31, 1 << 20, 23}[random.nextInt(6)]);
        }
    }

    /// A disk of up to 8 EiB may come out of this, but only one of a few blocks with data.
    private static void readAll(DiskSource disk) throws IOException {
        long data = 0;
        Optional<Extent> extent = disk.dataFrom(0);
        while (extent.isPresent()) {
            Extent found = extent.get();
            assertTrue(found.end() <= disk.sizeBytes(), found::toString);
            data += found.length();
            assertTrue(data <= 1 << 20, "more data than the file has");
            disk.read(ByteBuffer.allocate((int) found.length()), found.offset());
            extent = disk.dataFrom(found.end());
        }
    }
}
