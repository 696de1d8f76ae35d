package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the client makes of a server that breaks the rules, by mistake or on purpose.
class HostileServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int DIALOGS = 1500;
    private static final int SIZE = 200_000;
    private static final int PART = 60_000;

    private static final int OPT_STRUCTURED_REPLY = 8;
    private static final int OPT_SET_META_CONTEXT = 10;
    private static final int OPT_GO = 7;
    private static final int ACK = 1;
    private static final int INFO = 3;

    private final MemoryDisk disk = new MemoryDisk(SIZE, 3);
    private final ManualAlarms alarms = new ManualAlarms();

    /// What a server sends, written out as the protocol's specification has it.
    private static Script greeting() {
        return new Script()
                .int64(0x4e42444d41474943L)
                .int64(0x49484156454f5054L)
                .int16(3);
    }

    private static Script reply(Script script, int option, int type, byte[] data) {
        return script.int64(0x0003e889045565a9L)
                .int32(option)
                .int32(type)
                .int32(data.length)
                .raw(data);
    }

    private static Script agreed(long size) {
        Script script = reply(greeting(), OPT_STRUCTURED_REPLY, ACK, new byte[0]);
        reply(
                script,
                OPT_SET_META_CONTEXT,
                4,
                new Script()
                        .int32(77)
                        .raw("base:allocation".getBytes(StandardCharsets.UTF_8))
                        .toBytes());
        reply(script, OPT_SET_META_CONTEXT, ACK, new byte[0]);
        reply(script, OPT_GO, INFO, new Script().int16(0).int64(size).int16(3).toBytes());
        return reply(script, OPT_GO, ACK, new byte[0]);
    }

    private static Script chunk(Script script, boolean last, int type, long cookie, byte[] data) {
        return script.int32(0x668e33ef)
                .int16(last ? 1 : 0)
                .int16(type)
                .int64(cookie)
                .int32(data.length)
                .raw(data);
    }

    private NbdClient client(Script script) throws IOException {
        return new NbdClient(new MemoryChannel(script.toBytes(), 1000), "web-1", alarms, PATIENCE);
    }

    private void readFails(String reason, Script answers) throws IOException {
        NbdClient client = client(answers);
        IOException failure = assertThrows(IOException.class, () -> client.read(ByteBuffer.allocate(10), 100));
        assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure.toString());
        assertEquals(0, alarms.count());
    }

    private static byte[] data(long offset, int length) {
        return new Script().int64(offset).raw(new byte[length]).toBytes();
    }

    private static byte[] hole(long offset, int length) {
        return new Script().int64(offset).int32(length).toBytes();
    }

    @Test
    void takesDataAndHolesInOrder() throws Exception {
        Script answers = agreed(1000);
        chunk(
                answers,
                false,
                1,
                1,
                new Script().int64(100).raw(new byte[] {1, 2, 3}).toBytes());
        chunk(answers, true, 2, 1, hole(103, 7));
        byte[] read = new byte[10];
        Arrays.fill(read, (byte) 9);

        try (NbdClient client = client(answers)) {
            client.read(ByteBuffer.wrap(read), 100);
        }

        assertArrayEquals(new byte[] {1, 2, 3, 0, 0, 0, 0, 0, 0, 0}, read);
    }

    @Test
    void takesNothingThatWasNotAskedFor() throws Exception {
        readFails("not asked for", chunk(agreed(1000), true, 1, 1, data(101, 9)));
        readFails("not asked for", chunk(agreed(1000), true, 1, 1, data(100, 11)));
        readFails("not asked for", chunk(agreed(1000), true, 2, 1, hole(100, 11)));
        readFails("not asked for", chunk(agreed(1000), true, 2, 1, hole(100, -1)));
        readFails("was not asked", chunk(agreed(1000), true, 1, 2, data(100, 10)));
        readFails("unknown kind", chunk(agreed(1000), true, 6, 1, data(100, 10)));
        readFails("left a part of the disk out", chunk(agreed(1000), true, 1, 1, data(100, 9)));
        readFails("says nothing", chunk(agreed(1000), false, 0, 1, new byte[0]));
        readFails(
                "something else",
                agreed(1000).int32(0x67446698).int32(0).int64(1).raw(new byte[10]));
        readFails("ended the connection", chunk(agreed(1000), false, 1, 1, data(100, 9)));
        // 2 GiB, of which nothing is there.
        readFails(
                "not asked for",
                agreed(1000).int32(0x668e33ef).int16(1).int16(1).int64(1).int32(0x7fffffff));
        readFails(
                "too much",
                agreed(1000).int32(0x668e33ef).int16(1).int16(1).int64(1).int32(-1));
        readFails(
                "cannot be read",
                agreed(1000).int32(0x668e33ef).int16(1).int16(0x8001).int64(1).int32(1 << 30));
    }

    @Test
    void tellsWhatTheServerSays() throws Exception {
        byte[] said = "the\u0007 disk\nis gone".getBytes(StandardCharsets.UTF_8);
        Script answers = chunk(
                agreed(1000),
                true,
                0x8001,
                1,
                new Script().int32(5).int16(said.length).raw(said).toBytes());
        chunk(answers, true, 1, 2, data(0, 10));
        NbdClient client = client(answers);

        IOException failure = assertThrows(ServerError.class, () -> client.read(ByteBuffer.allocate(10), 100));

        assertEquals("input/output error: the  disk is gone", failure.getMessage());
        client.read(ByteBuffer.allocate(10), 0);
    }

    @Test
    void asksWhereDataIs() throws Exception {
        byte[] map = new Script()
                .int32(77)
                .int32(100)
                .int32(3)
                .int32(200)
                .int32(0)
                .int32(50)
                .int32(1)
                .int32(9000)
                .int32(2)
                .toBytes();
        try (NbdClient client = client(chunk(agreed(1000), true, 5, 1, map))) {
            Requests.Allocation allocation = client.allocation(0, 1000);

            assertEquals(List.of(new Extent(100, 250)), allocation.data());
            assertEquals(1000, allocation.to());
        }
        for (byte[] wrong : List.of(
                new Script().int32(78).int32(1000).int32(0).toBytes(),
                new Script().int32(77).int32(0).int32(0).toBytes(),
                new Script().int32(77).int32(1000).int32(0).int32(1).int32(0).toBytes(),
                new Script().int32(77).int32(1000).toBytes(),
                new Script().int32(77).toBytes())) {
            NbdClient client = client(chunk(agreed(1000), true, 5, 1, wrong));
            assertThrows(ProtocolException.class, () -> client.allocation(0, 1000));
        }
    }

    @Test
    void refusesServersThatItCannotUse() {
        List<Script> scripts = List.of(
                new Script().raw(new byte[40]),
                new Script()
                        .int64(0x4e42444d41474943L)
                        .int64(0x49484156454f5054L)
                        .int16(2),
                reply(greeting(), OPT_STRUCTURED_REPLY, 0x80000001, new byte[0]),
                reply(greeting(), OPT_GO, ACK, new byte[0]),
                reply(greeting(), OPT_STRUCTURED_REPLY, ACK, new byte[20_000]),
                agreed(-1));

        for (Script script : scripts) {
            assertThrows(ProtocolException.class, () -> client(script));
        }
        Script chatty = reply(greeting(), OPT_STRUCTURED_REPLY, ACK, new byte[0]);
        for (int i = 0; i < 1000; i++) {
            reply(
                    chatty,
                    OPT_SET_META_CONTEXT,
                    4,
                    new Script().int32(i).raw(new byte[] {'x'}).toBytes());
        }
        assertThrows(ProtocolException.class, () -> client(chatty));
    }

    @Test
    void givesUpAServerThatDoesNotAnswer() throws Exception {
        // Never closed by the server, and nothing comes.
        SilentChannel channel = new SilentChannel();
        Thread late = Thread.ofVirtual().start(() -> {
            try {
                alarms.goOff(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        IOException failure = assertThrows(IOException.class, () -> new NbdClient(channel, "web-1", alarms, PATIENCE));

        late.join();
        assertEquals("The NBD server has not answered for 10 s.", failure.getMessage());
        assertFalse(channel.isOpen());
    }

    @Test
    void survivesDialogsThatWereSpoilt() throws Exception {
        Script asked = Script.modern("web-1")
                .read(1, 0, PART)
                .request(0, 7, 2, 0, SIZE)
                .read(3, SIZE - PART, PART);
        byte[] answered =
                MemoryChannel.run(FixedExports.of(disk), asked.toBytes(), 1000).answered();
        assertEquals(3, dialog(answered, 1000));
        int done = 0;
        for (int seed = 0; seed < DIALOGS; seed++) {
            Random random = new Random(seed);
            // Most of the answers is content, in which nothing can be wrong.
            done += dialog(HostileInputTest.spoilt(answered, random), random.nextInt(1, 200)) == 3 ? 1 : 0;
        }
        assertTrue(done > 0 && done < DIALOGS, "done: " + done);
        assertEquals(0, alarms.count());
    }

    /// How many requests of a dialog were answered.
    private int dialog(byte[] answered, int atOnce) {
        int done = 0;
        try (NbdClient client = new NbdClient(new MemoryChannel(answered, atOnce), "web-1", alarms, PATIENCE)) {
            ByteBuffer first = ByteBuffer.allocate(PART);
            client.read(first, 0);
            assertFalse(first.hasRemaining());
            done++;
            Requests.Allocation allocation = client.allocation(0, SIZE);
            assertTrue(allocation.to() > 0 && allocation.to() <= SIZE, allocation.toString());
            done++;
            client.read(first.clear(), SIZE - PART);
            done++;
        } catch (IOException e) {
            // As it should be told.
        }
        return done;
    }
}
