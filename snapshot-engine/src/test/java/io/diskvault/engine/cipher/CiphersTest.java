package io.diskvault.engine.cipher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// A datastore that one machine writes with native ciphers is read on another that has none.
class CiphersTest {

    private static final GCMParameterSpec NONCE = new GCMParameterSpec(128, new byte[12]);

    private final SecretKey key = new SecretKeySpec(random(32, 1), "AES");

    private static byte[] random(int bytes, long seed) {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static Cipher runtimes() throws Exception {
        return Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    }

    private byte[] run(Cipher cipher, int mode, byte[] bytes, byte[] associated) throws Exception {
        cipher.init(mode, key, NONCE);
        cipher.updateAAD(associated);
        return cipher.doFinal(bytes);
    }

    @Test
    void nativeOnesSealAndOpenWhatTheRuntimesOwnDo() throws Exception {
        assumeTrue(Ciphers.areNative(), "there are no native ciphers for this platform");
        for (int bytes : new int[] {0, 1, 15, 16, 17, 4096, 65_536, 65_537, 4 << 20}) {
            byte[] plain = random(bytes, bytes);
            byte[] associated = random(bytes % 5000, 3);
            byte[] sealed = run(Ciphers.aesGcm(), Cipher.ENCRYPT_MODE, plain, associated);

            assertArrayEquals(run(runtimes(), Cipher.ENCRYPT_MODE, plain, associated), sealed);
            assertArrayEquals(plain, run(runtimes(), Cipher.DECRYPT_MODE, sealed, associated));
            assertArrayEquals(plain, run(Ciphers.aesGcm(), Cipher.DECRYPT_MODE, sealed, associated));
        }
    }

    @Test
    void nativeOnesNameChunksAsTheRuntimesOwnDo() throws Exception {
        assumeTrue(Ciphers.areNative(), "there are no native ciphers for this platform");
        Mac runtimes = Mac.getInstance("HmacSHA256", "SunJCE");
        Mac natives = Ciphers.hmacSha256();
        runtimes.init(key);
        natives.init(key);

        for (int bytes : new int[] {0, 1, 63, 64, 65, 65_536, 4 << 20}) {
            assertArrayEquals(runtimes.doFinal(random(bytes, 5)), natives.doFinal(random(bytes, 5)));
        }
    }

    @Test
    void doNotOpenWhatIsNotAsItWasSealed() throws Exception {
        byte[] sealed = run(Ciphers.aesGcm(), Cipher.ENCRYPT_MODE, random(1000, 4), new byte[7]);
        sealed[500] ^= 1;

        assertThrows(AEADBadTagException.class, () -> run(Ciphers.aesGcm(), Cipher.DECRYPT_MODE, sealed, new byte[7]));
    }
}
