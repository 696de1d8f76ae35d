package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.nbd.Answers.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Requests and their answers, one after the other.
class TransmissionTest {

    private static final long SEED = 42;
    private static final int SIZE = 3_000_000;
    private static final int BLOCK = MemoryDisk.BLOCK;

    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int EOVERFLOW = 75;
    private static final int DF = 4;
    private static final int REQ_ONE = 8;
    private static final int NONE = 0;
    private static final int DATA = 1;
    private static final int HOLE = 2;

    private final MemoryDisk disk = new MemoryDisk(SIZE, SEED);
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

    @Test
    void readsAnywhere() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            long offset = random.nextInt(SIZE);
            int length = random.nextInt((int) Math.min(SIZE - offset, i % 10 == 0 ? SIZE : 20_000)) + 1;
            Script request = new Script().read(i, offset, length);

            assertArrayEquals(disk.part(offset, length), modern(request).content(i, offset, length), "seed " + SEED);
            Reply simple = plain(request).reply(length);
            assertEquals(0, simple.error());
            assertArrayEquals(disk.part(offset, length), simple.array(), "seed " + SEED);
        }
    }

    @Test
    void sendsHolesAsHoles() throws Exception {
        int hole = 0;
        while (!disk.isHole(hole)) {
            hole++;
        }
        Reply reply = modern(new Script().read(1, (long) hole * BLOCK + 7, 100)).reply(0);

        assertEquals(HOLE, reply.type());
        assertTrue(reply.last());
        ByteBuffer payload = reply.bytes();
        assertEquals((long) hole * BLOCK + 7, payload.getLong());
        assertEquals(100, payload.getInt());
        assertEquals(0, disk.reads.get());
    }

    @Test
    void sendsOnePartWhenAskedTo() throws Exception {
        int length = 64 << 10;
        Reply reply = modern(new Script().request(DF, 0, 1, 5, length)).reply(0);
        assertEquals(DATA, reply.type());
        assertTrue(reply.last());
        assertArrayEquals(disk.part(5, length), Arrays.copyOfRange(reply.array(), 8, 8 + length));

        assertEquals(
                EOVERFLOW,
                modern(new Script().request(DF, 0, 1, 0, 1 << 20)).reply(0).error());
    }

    @Test
    void answersRequestsForNothing() throws Exception {
        Reply reply = modern(new Script().read(1, SIZE, 0)).reply(0);
        assertEquals(NONE, reply.type());
        assertTrue(reply.last());
        assertEquals(0, plain(new Script().read(1, SIZE, 0)).reply(0).error());
    }

    @Test
    void refusesWhatIsNotInTheDisk() throws Exception {
        Script requests = new Script()
                .read(1, SIZE, 1)
                .read(2, SIZE - 1, 2)
                .read(3, -1, 1)
                .read(4, Long.MIN_VALUE, 1)
                .read(5, Long.MAX_VALUE, -1)
                .read(6, 0, -1)
                .read(7, 0, (32 << 20) + 1)
                .request(0, 7, 8, SIZE - 1, 2)
                .request(0, 7, 9, 0, 0)
                .read(10, 0, 1);

        Answers answers = modern(requests);
        for (int cookie = 1; cookie <= 9; cookie++) {
            Reply reply = answers.reply(0);
            assertEquals(cookie, reply.cookie());
            assertEquals(EINVAL, reply.error(), reply.toString());
        }
        assertEquals(0, answers.reply(0).error());
        assertTrue(answers.atEnd());
        assertEquals(EINVAL, plain(requests).reply(0).error());
    }

    @Test
    void refusesFlagsAndCommandsThatItDoesNotKnow() throws Exception {
        Script requests = new Script()
                .request(1, 0, 1, 0, 1)
                .request(REQ_ONE, 0, 2, 0, 1)
                .request(DF, 7, 3, 0, 1)
                .request(0, 8, 4, 0, 1)
                .request(0, 4711, 5, 0, 1)
                .read(6, 0, 1);

        Answers answers = modern(requests);
        for (int cookie = 1; cookie <= 5; cookie++) {
            Reply reply = answers.reply(0);
            assertEquals(cookie, reply.cookie());
            assertEquals(EINVAL, reply.error(), reply.toString());
        }
        assertEquals(0, answers.reply(0).error());
        // Who did not ask for structured replies must not ask for one part.
        assertEquals(
                EINVAL, plain(new Script().request(DF, 0, 1, 0, 1)).reply(0).error());
    }

    @Test
    void refusesToWriteAndGoesOn() throws Exception {
        Script requests = new Script()
                .request(0, 1, 1, 0, 100_000)
                .raw(new byte[100_000])
                .request(1, 4, 2, 0, 4096)
                .request(0, 6, 3, 0, 4096)
                .request(0, 1, 4, SIZE, 0)
                .request(0, 3, 5, 0, 0)
                .request(0, 5, 6, 0, 4096)
                .read(7, 0, 1);
        for (Answers answers : List.of(modern(requests), plain(requests))) {
            for (int cookie = 1; cookie <= 7; cookie++) {
                Reply reply = answers.reply(cookie == 7 ? 1 : 0);
                assertEquals(cookie, reply.cookie());
                assertEquals(cookie <= 4 ? EPERM : 0, reply.error(), reply.toString());
            }
            assertTrue(answers.atEnd());
        }
    }

    @Test
    void closesWhenSomebodyWantsToWriteTooMuch() throws Exception {
        Script requests = new Script().request(0, 1, 1, 0, -1).read(2, 0, 1);

        assertTrue(modern(requests).atEnd());
    }

    @Test
    void closesWhatIsNoRequestAndAfterTheEnd() throws Exception {
        byte[] wrong = new Script().read(1, 0, 1).toBytes();
        wrong[3] ^= 1;
        assertTrue(modern(new Script().raw(wrong).read(2, 0, 1)).atEnd());
        assertTrue(modern(new Script().disconnect().read(2, 0, 1)).atEnd());
        assertTrue(modern(new Script().raw(new byte[13])).atEnd());
    }

    @Test
    void tellsWhereDataIs() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 100; i++) {
            int from = random.nextInt(SIZE);
            int to = random.nextInt(from, SIZE) + 1;
            Reply reply = modern(new Script().request(0, 7, i, from, to - from)).reply(0);
            List<Integer> expected = descriptors(from, to);
            assertEquals(5, reply.type());
            assertTrue(reply.last());
            ByteBuffer payload = reply.bytes();
            assertEquals(1, payload.getInt());
            List<Integer> found = new ArrayList<>();
            while (payload.hasRemaining()) {
                found.add(payload.getInt());
            }
            assertEquals(expected, found, from + " to " + to + ", seed " + SEED);

            ByteBuffer one = modern(new Script().request(REQ_ONE, 7, i, from, to - from))
                    .reply(0)
                    .bytes();
            assertEquals(12, one.remaining());
            assertEquals(expected.get(0), one.getInt(4));
            assertEquals(expected.get(1), one.getInt(8));
        }
        assertEquals(0, disk.reads.get());
    }

    private List<Integer> descriptors(int from, int to) {
        List<Integer> descriptors = new ArrayList<>();
        int at = from;
        while (at < to) {
            boolean hole = disk.isHole(at / BLOCK);
            int end = at;
            while (end < to && disk.isHole(end / BLOCK) == hole) {
                end = Math.min(to, (end / BLOCK + 1) * BLOCK);
            }
            descriptors.add(end - at);
            descriptors.add(hole ? 3 : 0);
            at = end;
        }
        return descriptors;
    }

    @Test
    void tellsNobodyWhereDataIsWhoDidNotChooseThat() throws Exception {
        Script request = new Script().request(0, 7, 1, 0, 4096).read(2, 0, 1);

        Answers answers = plain(request);
        assertEquals(EINVAL, answers.reply(0).error());
        assertEquals(0, answers.reply(1).error());
    }

    @Test
    void saysWhatCannotBeReadAndGoesOn() throws Exception {
        disk.damagedBlock = 100;
        while (disk.isHole(disk.damagedBlock)) {
            disk.damagedBlock++;
        }
        long offset = (long) disk.damagedBlock * BLOCK;
        Script requests = new Script().read(1, offset, 10).read(2, 0, 10);

        Answers structured = modern(requests);
        Reply failed = structured.reply(0);
        assertEquals(EIO, failed.error());
        assertTrue(failed.last());
        assertFalse(failed.payload().contains("Block"), failed.payload());
        assertArrayEquals(disk.part(0, 10), structured.content(2, 0, 10));
        Answers simple = plain(requests);
        assertEquals(EIO, simple.reply(10).error());
        assertArrayEquals(disk.part(0, 10), simple.reply(10).array());
    }

    @Test
    void breaksALongAnswerOffThatItCannotFinish() throws Exception {
        disk.damagedBlock = SIZE / BLOCK - 1;
        while (disk.isHole(disk.damagedBlock)) {
            disk.damagedBlock--;
        }
        Script requests = new Script().read(1, 0, SIZE).read(2, 0, 10);

        Reply reply = plain(requests).reply(SIZE);

        assertEquals(0, reply.error());
        assertTrue(reply.payload().length() < SIZE);
        Answers answers = modern(requests);
        Reply part = answers.reply(0);
        while (!part.last()) {
            assertTrue(part.type() == DATA || part.type() == HOLE);
            part = answers.reply(0);
        }
        assertEquals(EIO, part.error());
        assertArrayEquals(disk.part(0, 10), answers.content(2, 0, 10));
    }

    @Test
    void readsNoDiskOfNoSize() throws Exception {
        FixedExports empty = FixedExports.of(new MemoryDisk(0, 1));
        Answers answers = MemoryChannel.answers(
                        empty, Script.modern("").read(1, 0, 0).read(2, 0, 1))
                .greeting()
                .after(3);

        assertEquals(NONE, answers.reply(0).type());
        assertEquals(EINVAL, answers.reply(0).error());
    }
}
