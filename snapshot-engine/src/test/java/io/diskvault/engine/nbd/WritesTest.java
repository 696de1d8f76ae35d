package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.nbd.Answers.Reply;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WritesTest {

    private static final int SIZE = 1_500_000;
    private static final long SEED = 20_261_122;

    private static final int FLAGS = 1 | (1 << 2) | (1 << 3) | (1 << 5) | (1 << 6) | (1 << 8);
    private static final int DF = 1 << 7;
    private static final int FUA = 1;
    private static final int NO_HOLE = 1 << 1;
    private static final int FAST_ZERO = 1 << 4;

    private static final int WRITE = 1;
    private static final int FLUSH = 3;
    private static final int TRIM = 4;
    private static final int WRITE_ZEROES = 6;

    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;

    private final WritableMemoryDisk disk = new WritableMemoryDisk(SIZE, 1);
    private final FixedExports exports = FixedExports.of(disk);

    private Answers modern(Script requests) throws Exception {
        return MemoryChannel.answers(exports, Script.modern("web-1").raw(requests.toBytes()))
                .greeting()
                .after(3);
    }

    private Answers plain(Script requests) throws Exception {
        return MemoryChannel.answers(exports, Script.plain("web-1").raw(requests.toBytes()))
                .greeting()
                .after(1);
    }

    private static byte[] noise(int length, long seed) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    @Test
    void saysWhatCanBeDone() throws Exception {
        Answers answers = MemoryChannel.answers(
                        exports,
                        Script.fixedNewstyle()
                                .option(6, Script.info("web-1", List.of()))
                                .option(8)
                                .option(6, Script.info("web-1", List.of())))
                .greeting();

        assertEquals(FLAGS, flags(answers));
        assertEquals(1, answers.option().type());
        assertEquals(FLAGS | DF, flags(answers));
    }

    private static int flags(Answers answers) throws Exception {
        ByteBuffer info = ByteBuffer.wrap(answers.options().getFirst().bytes());
        return info.getShort(10);
    }

    @Test
    void writesAnythingAnywhere() throws Exception {
        Random random = new Random(SEED);
        byte[] expected = disk.content.clone();
        for (int i = 0; i < 60; i++) {
            int offset = random.nextInt(SIZE);
            int length = random.nextInt(Math.min(SIZE - offset, i % 3 == 0 ? 1_200_000 : 5000)) + 1;
            byte[] bytes = noise(length, i);
            System.arraycopy(bytes, 0, expected, offset, length);
            Script requests =
                    new Script().request(0, WRITE, i, offset, length).raw(bytes).read(100, 0, 1);

            Answers answers = i % 2 == 0 ? modern(requests) : plain(requests);

            Reply reply = answers.reply(0);
            assertEquals(i, reply.cookie());
            assertEquals(0, reply.error());
            assertEquals(100, answers.reply(1).cookie());
            assertTrue(answers.atEnd());
            assertArrayEquals(expected, disk.content, "seed " + SEED);
        }
        assertEquals(0, disk.flushes.get());
    }

    @Test
    void clearsAndTrims() throws Exception {
        Script requests = new Script()
                .request(0, WRITE_ZEROES, 1, 10, 1000)
                .request(NO_HOLE, WRITE_ZEROES, 2, 2000, 1000)
                .request(0, TRIM, 3, 4000, 1000)
                .request(0, WRITE_ZEROES, 4, 5000, 0)
                .request(0, WRITE, 5, 5000, 0);

        Answers answers = modern(requests);

        for (int cookie = 1; cookie <= 5; cookie++) {
            Reply reply = answers.reply(0);
            assertEquals(cookie, reply.cookie());
            assertEquals(0, reply.error());
        }
        assertTrue(answers.atEnd());
        assertEquals(0, disk.content[10]);
        assertEquals(0x20, disk.content[2000]);
        assertEquals(0x10, disk.content[4999]);
    }

    @Test
    void flushesWhenAskedTo() throws Exception {
        Script requests = new Script()
                .request(0, FLUSH, 1, 0, 0)
                .request(FUA, WRITE, 2, 0, 5)
                .raw(new byte[5])
                .request(FUA, WRITE_ZEROES, 3, 0, 5)
                .request(FUA, TRIM, 4, 0, 5)
                .request(FUA, FLUSH, 5, 0, 0);

        Answers answers = modern(requests);

        for (int cookie = 1; cookie <= 5; cookie++) {
            assertEquals(0, answers.reply(0).error());
        }
        assertEquals(5, disk.flushes.get());
        // Who may say so with what changes the disk may say so with everything.
        assertArrayEquals(
                disk.part(0, 5), modern(new Script().request(FUA, 0, 6, 0, 5)).content(6, 0, 5));
    }

    @Test
    void refusesWhatIsNotInTheDiskAndGoesOn() throws Exception {
        byte[] before = disk.content.clone();
        Script requests = new Script()
                .request(0, WRITE, 1, SIZE - 1, 2)
                .raw(new byte[2])
                .request(0, WRITE, 2, -1, 100)
                .raw(new byte[100])
                .request(0, WRITE, 3, Long.MAX_VALUE, 300_000)
                .raw(new byte[300_000])
                .request(0, WRITE_ZEROES, 4, SIZE, 1)
                .request(0, WRITE_ZEROES, 5, 0, -1)
                .request(0, TRIM, 6, 1, SIZE)
                .request(0, TRIM, 7, Long.MIN_VALUE, 1)
                .request(FAST_ZERO, WRITE_ZEROES, 8, 0, 1)
                .request(NO_HOLE, TRIM, 9, 0, 1)
                .request(0x8000, WRITE, 10, 0, 3)
                .raw(new byte[3])
                .read(11, 0, 1);
        for (Answers answers : List.of(modern(requests), plain(requests))) {
            for (int cookie = 1; cookie <= 10; cookie++) {
                Reply reply = answers.reply(0);
                assertEquals(cookie, reply.cookie());
                assertEquals(cookie <= 5 ? ENOSPC : EINVAL, reply.error(), reply.toString());
            }
            assertEquals(0, answers.reply(1).error());
            assertTrue(answers.atEnd());
        }
        assertArrayEquals(before, disk.content);
    }

    @Test
    void saysThatThereIsNoRoomAndGoesOn() throws Exception {
        disk.full = 1_000_000;
        Script requests = new Script()
                .request(0, WRITE, 1, 300_000, 1_000_000)
                .raw(new byte[1_000_000])
                .request(0, WRITE_ZEROES, 2, 1_000_000, 1)
                .request(FUA, WRITE, 3, 1_000_000, 1)
                .raw(new byte[1])
                .request(0, WRITE, 4, 0, 3)
                .raw(new byte[] {1, 2, 3});

        Answers answers = modern(requests);

        for (int cookie = 1; cookie <= 4; cookie++) {
            Reply reply = answers.reply(0);
            assertEquals(cookie, reply.cookie());
            assertEquals(cookie < 4 ? ENOSPC : 0, reply.error(), reply.toString());
            assertFalse(reply.payload().contains("left on device"), reply.payload());
        }
        assertTrue(answers.atEnd());
        // What was not written is not made durable, either.
        assertEquals(0, disk.flushes.get());
        assertArrayEquals(new byte[] {1, 2, 3}, disk.part(0, 3));
    }

    @Test
    void closesWhenSomebodyWritesTooMuchOrStopsHalfWay() throws Exception {
        byte[] before = disk.content.clone();
        assertTrue(
                modern(new Script().request(0, WRITE, 1, 0, -1).read(2, 0, 1)).atEnd());
        assertTrue(modern(new Script()
                        .request(0, WRITE, 1, 0, (32 << 20) + 1)
                        .raw(new byte[100])
                        .read(2, 0, 1))
                .atEnd());
        assertTrue(modern(new Script().request(0, WRITE, 1, 0, 200_000).raw(noise(100_000, 1)))
                .atEnd());
        assertArrayEquals(before, disk.content);
    }

    @Test
    void piecesEndWhereBlocksDo() throws Exception {
        int piece = NbdLimits.PIECE_BYTES;
        Script requests =
                new Script().request(0, WRITE, 1, piece - 10, 2 * piece).raw(noise(2 * piece, 4));

        assertEquals(0, modern(requests).reply(0).error());

        assertEquals(3, disk.writes.get());
        assertArrayEquals(noise(2 * piece, 4), Arrays.copyOfRange(disk.content, piece - 10, 3 * piece - 10));
    }
}
