package io.diskvault.engine.datastore;

import io.diskvault.engine.restore.RestoreTarget;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A restored disk in memory. It starts out full of rubbish, so that what a restore forgets shows.
final class MemoryTarget implements RestoreTarget {

    final byte[] content;
    boolean committed;

    MemoryTarget(long sizeBytes) {
        content = new byte[Math.toIntExact(sizeBytes)];
        Arrays.fill(content, (byte) 0x5a);
    }

    @Override
    public void write(ByteBuffer bytes, long position) {
        bytes.get(content, Math.toIntExact(position), bytes.remaining());
    }

    @Override
    public void clear(long position, long length) {
        Arrays.fill(content, Math.toIntExact(position), Math.toIntExact(position + length), (byte) 0);
    }

    @Override
    public void commit() {
        committed = true;
    }

    @Override
    public void close() {}
}
