package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.nbd.Answers.OptionReply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final int UNSUP = 1;
    private static final int POLICY = 2;
    private static final int INVALID = 3;
    private static final int UNKNOWN = 6;
    private static final int ACK = 1;

    private static final int EXPORT_NAME = 1;
    private static final int ABORT = 2;
    private static final int LIST = 3;
    private static final int STARTTLS = 5;
    private static final int INFO = 6;
    private static final int GO = 7;
    private static final int STRUCTURED_REPLY = 8;
    private static final int LIST_META_CONTEXT = 9;
    private static final int SET_META_CONTEXT = 10;

    private static final int READ_ONLY_MULTI_CONN = 1 | (1 << 1) | (1 << 8);
    private static final int DF = 1 << 7;

    private final MemoryDisk disk = new MemoryDisk(100_000, 1);
    private final FixedExports exports = FixedExports.of(disk);

    private Answers answers(Script script) throws Exception {
        return MemoryChannel.answers(exports, script).greeting();
    }

    private static void assertError(int number, int option, OptionReply reply) {
        assertEquals(option, reply.option());
        assertTrue(reply.type() < 0, reply.toString());
        assertEquals(number, reply.number(), reply.toString());
    }

    @Test
    void greetsFirst() throws Exception {
        assertTrue(MemoryChannel.answers(exports, new Script()).greeting().atEnd());
    }

    @Test
    void listsWhatIsNoSecret() throws Exception {
        Answers answers = answers(Script.fixedNewstyle().option(LIST).option(LIST, new byte[1]));

        assertEquals(
                List.of(new OptionReply(LIST, 2, "\0\0\0\5web-1"), new OptionReply(LIST, ACK, "")), answers.options());
        assertError(INVALID, LIST, answers.option());
        assertTrue(answers.atEnd());
    }

    @Test
    void refusesWhatItDoesNotKnowAndGoesOn() throws Exception {
        Answers answers = answers(Script.fixedNewstyle()
                .option(11)
                .option(4711, new byte[60_000])
                .option(STARTTLS)
                .option(LIST));

        assertError(UNSUP, 11, answers.option());
        assertError(UNSUP, 4711, answers.option());
        assertError(POLICY, STARTTLS, answers.option());
        assertEquals(2, answers.options().size());
    }

    @Test
    void tellsAboutAnExport() throws Exception {
        Answers answers = answers(Script.fixedNewstyle()
                .option(INFO, Script.info("web-1", List.of(3, 1, 2, 99)))
                .option(STRUCTURED_REPLY)
                .option(INFO, Script.info("", List.of())));

        List<OptionReply> replies = answers.options();
        assertEquals(
                List.of(3, 3, 3, 3, 1), replies.stream().map(OptionReply::type).toList());
        assertEquals(
                export(READ_ONLY_MULTI_CONN), ByteBuffer.wrap(replies.get(0).bytes()));
        assertEquals("\0\1web-1", replies.get(1).data());
        assertEquals("\0\2recovery point 1 of web-1", replies.get(2).data());
        ByteBuffer sizes = ByteBuffer.wrap(replies.get(3).bytes());
        assertEquals(3, sizes.getShort());
        assertEquals(1, sizes.getInt());
        assertEquals(MemoryDisk.BLOCK, sizes.getInt());
        assertEquals(32 << 20, sizes.getInt());
        assertEquals(ACK, answers.option().type());
        assertEquals(
                export(READ_ONLY_MULTI_CONN | DF),
                ByteBuffer.wrap(answers.options().getFirst().bytes()));
        assertTrue(answers.atEnd());
    }

    private ByteBuffer export(int flags) {
        return ByteBuffer.allocate(12)
                .putShort((short) 0)
                .putLong(disk.size())
                .putShort((short) flags)
                .flip();
    }

    @Test
    void letsInByTheSecretName() throws Exception {
        Answers answers = answers(Script.plain("s3cret").read(7, 0, 10));

        assertEquals(2, answers.options().size());
        assertEquals(7, answers.reply(10).cookie());
    }

    @Test
    void letsInByTheOldestWay() throws Exception {
        byte[] name = "web-1".getBytes(StandardCharsets.UTF_8);
        MemoryChannel withoutZeroes = MemoryChannel.run(
                exports,
                Script.fixedNewstyle().option(EXPORT_NAME, name).read(7, 0, 10).toBytes(),
                1);
        assertEquals(18 + 10 + 16 + 10, withoutZeroes.answered().length);
        ByteBuffer bytes = ByteBuffer.wrap(withoutZeroes.answered()).position(18);
        assertEquals(disk.size(), bytes.getLong());
        assertEquals(READ_ONLY_MULTI_CONN, bytes.getShort());

        MemoryChannel withZeroes = MemoryChannel.run(
                exports, new Script().int32(0).option(EXPORT_NAME, name).toBytes(), 1000);
        assertEquals(18 + 10 + 124, withZeroes.answered().length);
    }

    @Test
    void saysNothingOfExportsThatAreNotThere() throws Exception {
        for (String name : List.of("web-2", "WEB-1", "broken")) {
            Answers answers = answers(Script.fixedNewstyle()
                    .option(STRUCTURED_REPLY)
                    .option(INFO, Script.info(name, List.of()))
                    .option(SET_META_CONTEXT, Script.metaContext(name, List.of("base:allocation")))
                    .option(GO, Script.info(name, List.of()))
                    .option(LIST));
            assertEquals(ACK, answers.option().type());
            assertError(UNKNOWN, INFO, answers.option());
            assertError(UNKNOWN, SET_META_CONTEXT, answers.option());
            assertError(UNKNOWN, GO, answers.option());
            assertEquals(2, answers.options().size());
            assertTrue(answers(Script.fixedNewstyle()
                            .option(EXPORT_NAME, name.getBytes(StandardCharsets.UTF_8))
                            .option(LIST))
                    .atEnd());
        }
    }

    @Test
    void endsWhenAskedTo() throws Exception {
        Answers answers = answers(Script.fixedNewstyle().option(ABORT).option(LIST));

        assertEquals(new OptionReply(ABORT, ACK, ""), answers.option());
        assertTrue(answers.atEnd());
    }

    @Test
    void knowsOneMetaContext() throws Exception {
        Answers answers = answers(Script.fixedNewstyle()
                .option(LIST_META_CONTEXT, Script.metaContext("web-1", List.of()))
                .option(STRUCTURED_REPLY)
                .option(LIST_META_CONTEXT, Script.metaContext("web-1", List.of()))
                .option(LIST_META_CONTEXT, Script.metaContext("web-1", List.of("x-other:", "base:")))
                .option(LIST_META_CONTEXT, Script.metaContext("web-1", List.of("x-other:")))
                .option(SET_META_CONTEXT, Script.metaContext("web-1", List.of("base:")))
                .option(SET_META_CONTEXT, Script.metaContext("web-1", List.of("x", "base:allocation"))));

        OptionReply listed = new OptionReply(LIST_META_CONTEXT, 4, "\0\0\0\0base:allocation");
        assertError(INVALID, LIST_META_CONTEXT, answers.option());
        answers.after(1);
        assertEquals(listed, answers.options().getFirst());
        assertEquals(List.of(listed, new OptionReply(LIST_META_CONTEXT, ACK, "")), answers.options());
        assertEquals(List.of(new OptionReply(LIST_META_CONTEXT, ACK, "")), answers.options());
        assertEquals(List.of(new OptionReply(SET_META_CONTEXT, ACK, "")), answers.options());
        assertEquals(
                List.of(
                        new OptionReply(SET_META_CONTEXT, 4, "\0\0\0\1base:allocation"),
                        new OptionReply(SET_META_CONTEXT, ACK, "")),
                answers.options());
    }

    @Test
    void theMetaContextIsThatOfTheExportItWasChosenFor() throws Exception {
        Answers answers = answers(Script.fixedNewstyle()
                .option(STRUCTURED_REPLY)
                .option(SET_META_CONTEXT, Script.metaContext("web-1", List.of("base:allocation")))
                .option(GO, Script.info("s3cret", List.of()))
                .request(0, 7, 1, 0, 4096));

        answers.after(3);
        assertEquals(22, answers.reply(0).error());
    }

    @Test
    void refusesMalformedOptions() throws Exception {
        byte[] tooLong = new byte[4097];
        Arrays.fill(tooLong, (byte) 'a');
        List<byte[]> malformed = List.of(
                new byte[0],
                new byte[3],
                new Script().int32(100).raw(new byte[5]).toBytes(),
                new Script().int32(-1).raw(new byte[5]).toBytes(),
                new Script().text("web-1").int16(2).int16(3).toBytes(),
                new Script().text("web-1").int16(0).int16(3).toBytes(),
                new Script().text("web\0").int16(0).toBytes(),
                new Script()
                        .int32(2)
                        .raw(new byte[] {(byte) 0xc3, (byte) 0x28})
                        .int16(0)
                        .toBytes(),
                new Script().int32(4097).raw(tooLong).int16(0).toBytes());
        for (byte[] data : malformed) {
            Answers answers = answers(Script.fixedNewstyle().option(GO, data).option(LIST));
            assertError(INVALID, GO, answers.option());
            assertEquals(2, answers.options().size());
        }
        byte[] endless =
                new Script().text("web-1").int32(-1).text("base:allocation").toBytes();
        assertError(
                INVALID,
                SET_META_CONTEXT,
                answers(Script.fixedNewstyle().option(SET_META_CONTEXT, endless))
                        .option());
        assertTrue(answers(Script.fixedNewstyle().option(EXPORT_NAME, tooLong).option(LIST))
                .atEnd());
    }

    @Test
    void closesWhatIsNoHandshake() throws Exception {
        byte[] list = Script.fixedNewstyle().option(LIST).toBytes();
        byte[] wrongMagic = list.clone();
        wrongMagic[4] ^= 1;
        assertTrue(answers(new Script().raw(wrongMagic)).atEnd());
        assertTrue(answers(new Script().int32(4).option(LIST)).atEnd());
        Script huge = Script.fixedNewstyle()
                .int64(0x49484156454f5054L)
                .int32(LIST)
                .int32(-1)
                .raw(new byte[100]);
        assertTrue(answers(huge).atEnd());
        Script endless = Script.fixedNewstyle();
        for (int i = 0; i < 200; i++) {
            endless.option(LIST);
        }
        MemoryChannel closed = MemoryChannel.run(exports, endless.toBytes(), 5000);
        assertFalse(closed.isOpen());
        assertEquals(18 + 100 * (29 + 20), closed.answered().length);
    }
}
