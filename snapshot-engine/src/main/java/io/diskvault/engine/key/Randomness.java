package io.diskvault.engine.key;

import java.security.SecureRandom;

/// Where random bytes come from: keys, salts and the names of packs. Only tests use another source than [#secure()].
@FunctionalInterface
public interface Randomness {

    /// Fills an array with bytes that nobody can foresee and that never come twice. May be called by many threads.
    void fill(byte[] bytes);

    static Randomness secure() {
        return new SecureRandom()::nextBytes;
    }

    default byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        fill(bytes);
        return bytes;
    }
}
