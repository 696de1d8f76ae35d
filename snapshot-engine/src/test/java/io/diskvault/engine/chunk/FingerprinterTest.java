package io.diskvault.engine.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;

class FingerprinterTest {

    private static final int BLOCK = 4096;

    private final SecretKey key = DataKey.create(Randomness.secure()).fingerprintKey();
    private final Fingerprinter fingerprinter = new Fingerprinter(key);
    private final byte[] content = new byte[BLOCK];

    FingerprinterTest() {
        new Random(7).nextBytes(content);
    }

    @Test
    void isTheSameForTheSameContentOfTheSameBlock() {
        Fingerprint before = fingerprinter.of(5, content, 0, BLOCK);
        fingerprinter.of(6, content, 0, BLOCK);
        byte[] elsewhere = new byte[3 * BLOCK];
        System.arraycopy(content, 0, elsewhere, 17, BLOCK);

        assertEquals(before, fingerprinter.of(5, elsewhere, 17, BLOCK));
        assertEquals(before, new Fingerprinter(key).of(5, content, 0, BLOCK));
    }

    @Test
    void isAnotherForEachBitThatFlips() {
        Set<Fingerprint> seen = new HashSet<>();
        seen.add(fingerprinter.of(5, content, 0, BLOCK));
        for (int bit = 0; bit < BLOCK * Byte.SIZE; bit++) {
            fingerprinter.of(6, content, 0, 1);
            content[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            seen.add(fingerprinter.of(5, content, 0, BLOCK));
            content[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }

        assertEquals(1 + BLOCK * Byte.SIZE, seen.size());
    }

    @Test
    void isAnotherForAnotherLengthBlockOrKey() {
        Fingerprint one = fingerprinter.of(5, content, 0, BLOCK);
        Arrays.fill(content, BLOCK - 16, BLOCK, (byte) 0);
        Fingerprint endsInZeros = fingerprinter.of(4, content, 0, BLOCK);

        assertNotEquals(endsInZeros, fingerprinter.of(5, content, 0, BLOCK));
        assertNotEquals(fingerprinter.of(4, content, 0, BLOCK - 16), endsInZeros);
        assertNotEquals(
                one, new Fingerprinter(DataKey.create(Randomness.secure()).fingerprintKey()).of(5, content, 0, BLOCK));
    }
}
