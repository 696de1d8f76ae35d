package io.diskvault.engine.vhd;

import java.nio.ByteBuffer;

/// The checksum of the format's structures: the complement of the sum of all bytes, the checksum itself not counted.
final class VhdChecksum {
    private VhdChecksum() {}

    /// @param at where the checksum lies
    static int of(ByteBuffer structure, int at) {
        int sum = 0;
        for (int i = 0; i < structure.limit(); i++) {
            if (i < at || i >= at + Integer.BYTES) {
                sum += structure.get(i) & 0xff;
            }
        }
        return ~sum;
    }

    static void put(ByteBuffer structure, int at) {
        structure.putInt(at, of(structure, at));
    }

    static boolean matches(ByteBuffer structure, int at) {
        return structure.getInt(at) == of(structure, at);
    }
}
