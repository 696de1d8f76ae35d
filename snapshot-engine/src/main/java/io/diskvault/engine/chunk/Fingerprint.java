package io.diskvault.engine.chunk;

import java.nio.ByteBuffer;

/// What tells whether a block of a disk still holds what it held at the last backup: 16 bytes that say nothing without
/// the key. Only fingerprints of the same block number can be compared.
public record Fingerprint(long first, long second) {

    public static final int BYTES = 16;

    public static Fingerprint readFrom(ByteBuffer bytes) {
        return new Fingerprint(bytes.getLong(), bytes.getLong());
    }

    public void writeTo(ByteBuffer bytes) {
        bytes.putLong(first).putLong(second);
    }
}
