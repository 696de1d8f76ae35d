package io.diskvault.link;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A disk as a file of some format: its bytes, then zeros, then what the format puts at the end.
///
/// @param diskBytes how much of the file is the disk's
/// @param sizeBytes of the whole file
/// @param trailer its last bytes
public record ImageLayout(long diskBytes, long sizeBytes, ByteBuffer trailer) {
    public ImageLayout {
        trailer = trailer.asReadOnlyBuffer();
        if (diskBytes < 0 || diskBytes + trailer.remaining() > sizeBytes) {
            throw new IllegalArgumentException("%d bytes of a disk and a trailer of %d do not fit into %d."
                    .formatted(diskBytes, trailer.remaining(), sizeBytes));
        }
    }

    /// Reads a disk.
    @FunctionalInterface
    public interface Disk {
        /// Fills the rest of a buffer with the disk's bytes from an offset.
        void read(long offset, ByteBuffer into) throws IOException, DatastoreException;
    }

    /// The disk's bytes and nothing else.
    static ImageLayout raw(long diskBytes) {
        return new ImageLayout(diskBytes, diskBytes, ByteBuffer.allocate(0));
    }

    /// Fills the rest of a buffer with the file's bytes from an offset.
    void read(Disk disk, long offset, ByteBuffer into) throws IOException, DatastoreException {
        long at = offset;
        if (at < diskBytes && into.hasRemaining()) {
            int bytes = (int) Math.min(into.remaining(), diskBytes - at);
            disk.read(at, into.slice(into.position(), bytes));
            into.position(into.position() + bytes);
            at += bytes;
        }
        long trailerStart = sizeBytes - trailer.remaining();
        while (at < trailerStart && into.hasRemaining()) {
            into.put((byte) 0);
            at++;
        }
        if (into.hasRemaining()) {
            into.put(trailer.slice(trailer.position() + (int) (at - trailerStart), into.remaining()));
        }
    }
}
