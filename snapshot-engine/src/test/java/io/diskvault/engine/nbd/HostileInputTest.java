package io.diskvault.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.nbd.Answers.Reply;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Thousands of inputs that no client would send, the same ones each time.
class HostileInputTest {

    private static final int HANDSHAKES = 6000;
    private static final int TRANSMISSIONS = 6000;
    private static final int SIZE = 200_000;

    private final FixedExports readOnly = FixedExports.of(new MemoryDisk(SIZE, 3));
    private final FixedExports writable = FixedExports.of(new WritableMemoryDisk(SIZE, 3));

    private static Script sensibleHandshake() {
        return Script.fixedNewstyle()
                .option(3)
                .option(8)
                .option(6, Script.info("web-1", List.of(0, 1, 2, 3)))
                .option(9, Script.metaContext("web-1", List.of()))
                .option(10, Script.metaContext("", List.of("base:allocation", "x-a:b")))
                .option(7, Script.info("", List.of(3)));
    }

    private static Script sensibleRequests(Random random) {
        Script requests = new Script();
        for (int i = 0; i < 8; i++) {
            int offset = random.nextInt(SIZE);
            int length = random.nextInt(Math.min(SIZE - offset, 20_000)) + 1;
            switch (random.nextInt(9)) {
                case 0 -> requests.request(4, 0, i, offset, length);
                case 1 -> requests.request(0, 7, i, offset, length);
                case 2 -> requests.request(8, 7, i, offset, length);
                case 3 -> requests.request(0, 1, i, offset, 50).raw(new byte[50]);
                case 4 -> requests.request(0, 3, i, 0, 0);
                case 5 -> requests.request(1, 4, i, offset, length);
                case 6 -> requests.request(2, 6, i, offset, length);
                case 7 -> requests.request(1, 1, i, offset, length / 8).raw(new byte[length / 8]);
                default -> requests.read(i, offset, length);
            }
        }
        return requests;
    }

    /// Changes, cuts, repeats or inserts something somewhere.
    static byte[] spoilt(byte[] input, Random random) {
        byte[] spoilt = input.clone();
        for (int times = random.nextInt(1, 5); times > 0 && spoilt.length > 0; times--) {
            int at = random.nextInt(spoilt.length);
            switch (random.nextInt(5)) {
                case 0 -> spoilt[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> spoilt[at] = (byte) 0xff;
                case 2 -> Arrays.fill(spoilt, at, Math.min(spoilt.length, at + 4), (byte) random.nextInt(-1, 2));
                case 3 -> spoilt = Arrays.copyOf(spoilt, at);
                default -> {
                    byte[] longer = Arrays.copyOf(spoilt, spoilt.length + random.nextInt(40));
                    System.arraycopy(spoilt, at, longer, longer.length - spoilt.length + at, spoilt.length - at);
                    spoilt = longer;
                }
            }
        }
        return spoilt;
    }

    private MemoryChannel run(byte[] input, Random random) {
        FixedExports exports = random.nextBoolean() ? readOnly : writable;
        MemoryChannel channel = MemoryChannel.run(exports, input, random.nextInt(1, 200));
        assertFalse(channel.isOpen());
        assertEquals(0, exports.open().connections());
        return channel;
    }

    @Test
    void survivesHandshakesThatWereSpoilt() throws Exception {
        int letIn = 0;
        for (int seed = 0; seed < HANDSHAKES; seed++) {
            Random random = new Random(seed);
            byte[] input =
                    sensibleHandshake().raw(sensibleRequests(random).toBytes()).toBytes();
            byte[] spoilt = seed % 20 == 0 ? noise(random) : spoilt(input, random);
            byte[] answered = run(spoilt, random).answered();
            new Answers(answered).greeting();
            letIn += answered.length > 500 ? 1 : 0;
        }
        // Neither were all refused at once, nor was nothing spoilt.
        assertTrue(letIn > HANDSHAKES / 50 && letIn < HANDSHAKES * 49 / 50, "let in: " + letIn);
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        return noise;
    }

    @Test
    void answersRequestsThatWereSpoiltInOrder() throws Exception {
        int errors = 0;
        int served = 0;
        for (int seed = 0; seed < TRANSMISSIONS; seed++) {
            Random random = new Random(seed);
            byte[] requests = spoilt(sensibleRequests(random).toBytes(), random);
            Script input = Script.modern("web-1").raw(requests);
            byte[] answered = run(input.toBytes(), random).answered();
            // Whatever was asked: every answer is whole, and nothing comes behind the last.
            ByteArrayInputStream rest = new ByteArrayInputStream(answered);
            Answers answers = new Answers(rest).greeting().after(3);
            while (rest.available() > 0) {
                Reply reply = answers.reply(0);
                errors += reply.error() == 0 ? 0 : 1;
                served += reply.error() == 0 ? 1 : 0;
            }
        }
        assertTrue(errors > TRANSMISSIONS / 10 && served > TRANSMISSIONS, errors + " errors, " + served + " served");
    }
}
