package io.diskvault.platform;

import java.util.BitSet;

/// Which keys were seen, in two megabytes however many they are: of those that were not, a few are taken for seen.
final class SeenKeys {
    private static final int BITS = 1 << 24;

    private final BitSet bits = new BitSet(BITS);

    void add(String key) {
        long hash = hash(key);
        bits.set(first(hash));
        bits.set(second(hash));
    }

    boolean mayContain(String key) {
        long hash = hash(key);
        return bits.get(first(hash)) && bits.get(second(hash));
    }

    private static int first(long hash) {
        return (int) (hash >>> 40) & (BITS - 1);
    }

    private static int second(long hash) {
        return (int) hash & (BITS - 1);
    }

    /// FNV-1a over the characters, stirred: keys that differ only at their ends must not lie side by side.
    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
