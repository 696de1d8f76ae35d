package io.diskvault.engine.key;

import java.io.IOException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Makes a secret of a passphrase, with Argon2id (RFC 9106, version 1.3): slow, and above all wide, so that guessing
/// needs memory for each guess and not only a fast chip.
public final class Argon2 {

    private static final int KIB = 1024;
    private static final int WORTH_COLLECTING_KIB = 16 * KIB;

    private Argon2() {}

    /// @return as many bytes as a data key has
    /// @throws IOException when the memory that it takes is more than this program may use
    public static byte[] secret(byte[] passphrase, byte[] salt, Argon2Cost cost) throws IOException {
        requireMemory(cost, Runtime.getRuntime().maxMemory());
        byte[] secret = new byte[DataKey.BYTES];
        fill(secret, passphrase, salt, cost);
        // The memory is garbage now, but would stay this program's until the heap is full, which in a short-lived
        // process is never: a backup would hold it beside its own to the end.
        if (cost.memoryKiB() >= WORTH_COLLECTING_KIB) {
            System.gc();
        }
        return secret;
    }

    private static void fill(byte[] secret, byte[] passphrase, byte[] salt, Argon2Cost cost) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKiB())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        generator.generateBytes(passphrase, secret);
    }

    /// Half of the heap at most: an error that says what to do is better than one in the middle of something.
    static void requireMemory(Argon2Cost cost, long heapBytesMax) throws IOException {
        long neededBytes = (long) cost.memoryKiB() * KIB;
        long mostBytes = heapBytesMax / 2;
        if (neededBytes > mostBytes) {
            throw new IOException("The passphrase of this datastore takes " + neededBytes / KIB / KIB
                    + " MiB of memory to open, but this program may use only " + mostBytes / KIB / KIB
                    + " MiB for that. Start it with a larger heap (DISKVAULT_JAVA_OPTS=-Xmx"
                    + (2 * neededBytes / KIB / KIB + KIB / 4) + "m).");
        }
    }
}
