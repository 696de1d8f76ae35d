package io.diskvault.engine.chunk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.format.Checksum;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ChunkSealTest {

    private static final int MAX = 1 << 16;
    private static final SecretKey ID_KEY = new SecretKeySpec(new byte[] {1}, "HmacSHA256");
    private static final SecretKey PACK_KEY = new SecretKeySpec(new byte[32], "AES");
    private static final long PLACE = 40;

    private final ChunkHasher hasher = new ChunkHasher(ID_KEY);

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sealed(byte[] plain, ChunkId id) {
        byte[] out = new byte[ChunkSealer.sealedBytesMax(MAX)];
        try (ChunkSealer sealer = new ChunkSealer(MAX)) {
            return Arrays.copyOf(out, sealer.seal(plain, 0, plain.length, id, PACK_KEY, PLACE, out, 0));
        } finally {
            Arrays.fill(out, (byte) 0);
        }
    }

    private static byte[] opened(byte[] sealed, ChunkId id, int plainLength, SecretKey key, long place)
            throws CorruptDatastoreException {
        byte[] plain = new byte[MAX];
        try (ChunkOpener opener = new ChunkOpener(MAX)) {
            opener.open(sealed, sealed.length, id, plainLength, key, place, ByteBuffer.wrap(plain));
        }
        return Arrays.copyOf(plain, plainLength);
    }

    private ChunkId id(byte[] plain) {
        return hasher.id(plain, 0, plain.length);
    }

    @Test
    void opensWhatItSealed() throws Exception {
        for (byte[] plain : new byte[][] {noise(MAX), new byte[MAX], noise(1), new byte[1], noise(1000)}) {
            byte[] sealed = sealed(plain, id(plain));

            assertArrayEquals(plain, opened(sealed, id(plain), plain.length, PACK_KEY, PLACE));
        }
    }

    @Test
    void compressesOnlyWhatGetsSmaller() {
        assertTrue(sealed(new byte[MAX], new ChunkId(1, 2, 3, 4)).length < 100);
        assertEquals(ChunkSealer.sealedBytesMax(MAX), sealed(noise(MAX), new ChunkId(1, 2, 3, 4)).length);
    }

    @Test
    void refusesAChunkThatIsNotWhereOrWhatItWasSealedAs() {
        byte[] plain = noise(500);
        ChunkId id = id(plain);
        byte[] sealed = sealed(plain, id);
        SecretKey otherKey = new SecretKeySpec(noise(32), "AES");
        ChunkId otherId = id(noise(501));

        assertThrows(CorruptDatastoreException.class, () -> opened(sealed, id, 500, PACK_KEY, PLACE + 1));
        assertThrows(CorruptDatastoreException.class, () -> opened(sealed, otherId, 500, PACK_KEY, PLACE));
        assertThrows(CorruptDatastoreException.class, () -> opened(sealed, id, 499, PACK_KEY, PLACE));
        assertThrows(CorruptDatastoreException.class, () -> opened(sealed, id, 500, otherKey, PLACE));
    }

    @Test
    void refusesAChunkThatChangedBetweenItsChecksumAndItsSeal() {
        byte[] plain = noise(500);
        ChunkId id = id(plain);
        ByteBuffer frame = ByteBuffer.allocate(ChunkSealer.FRAME_HEADER_BYTES + plain.length);
        frame.put(ChunkSealer.STORED).putInt(Checksum.crc32c(plain, 0, 500)).put(plain);
        frame.array()[100] ^= 4;
        byte[] sealed = new byte[ChunkSealer.sealedBytesMax(500)];
        new ChunkCipher().encrypt(PACK_KEY, PLACE, id, 500, frame.array(), frame.capacity(), sealed, 0);

        CorruptDatastoreException refusal =
                assertThrows(CorruptDatastoreException.class, () -> opened(sealed, id, 500, PACK_KEY, PLACE));
        assertTrue(refusal.getMessage().contains("is not what its checksum says"), refusal.getMessage());
    }

    @Test
    void refusesEveryFlippedBit() {
        byte[] plain = noise(40);
        ChunkId id = id(plain);
        byte[] sealed = sealed(plain, id);
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] damaged = sealed.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));

            assertThrows(CorruptDatastoreException.class, () -> opened(damaged, id, 40, PACK_KEY, PLACE));
        }
    }

    @Test
    void namesChunksByContentAndKey() {
        byte[] plain = noise(100);

        assertEquals(id(plain), new ChunkHasher(ID_KEY).id(plain, 0, 100));
        assertNotEquals(id(plain), hasher.id(plain, 0, 99));
        assertNotEquals(id(plain), new ChunkHasher(new SecretKeySpec(new byte[] {2}, "HmacSHA256")).id(plain, 0, 100));
    }

    @Test
    void sortsIdsAsTheirBytes() {
        assertTrue(new ChunkId(1, 0, 0, 0).compareTo(new ChunkId(-1, 0, 0, 0)) < 0);
        assertTrue(new ChunkId(1, 5, 0, 0).compareTo(new ChunkId(1, -5, 0, 0)) < 0);
        assertTrue(new ChunkId(1, 1, 1, 2).compareTo(new ChunkId(1, 1, 1, 1)) > 0);
        assertEquals(
                "00000000000000010000000000000002ffffffffffffffff0000000000000003",
                new ChunkId(1, 2, -1, 3).toString());
    }
}
