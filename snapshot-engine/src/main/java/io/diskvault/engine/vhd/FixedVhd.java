package io.diskvault.engine.vhd;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.Extent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A disk whose bytes are in the place of the file that they have on the disk.
record FixedVhd(DiskSource file, long sizeBytes) implements DiskSource {

    @Override
    public Optional<Extent> dataFrom(long offset) throws IOException {
        return offset >= sizeBytes
                ? Optional.empty()
                : file.dataFrom(offset)
                        .filter(found -> found.offset() < sizeBytes)
                        .map(found -> new Extent(found.offset(), Math.min(found.end(), sizeBytes) - found.offset()));
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        if (into.remaining() > sizeBytes - offset) {
            throw new EOFException("The disk in " + file + " ends at " + sizeBytes + ".");
        }
        file.read(into, offset);
    }

    @Override
    public boolean changedSinceOpened() throws IOException {
        return file.changedSinceOpened();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
