package io.diskvault.engine.source;

import io.diskvault.engine.posix.Descriptor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// A disk that can be read. Implementations are safe for reads by several threads at once.
public interface DiskSource extends AutoCloseable {

    /// The size when the source was opened. It stays the same while the source is open.
    long sizeBytes();

    /// The first extent at or after an offset, cut off before it; empty when there are only holes to the end. Extents
    /// end at [#sizeBytes()] at the latest.
    Optional<Extent> dataFrom(long offset) throws IOException;

    /// Fills the remaining bytes of a buffer from an offset.
    ///
    /// @throws EOFException when the disk has become shorter
    void read(ByteBuffer into, long offset) throws IOException;

    /// Whether the disk has been written to since it was opened, as far as that can be known. A file tells by its
    /// size and times; a block device never tells, so `false` promises nothing there.
    boolean changedSinceOpened() throws IOException;

    @Override
    void close() throws IOException;

    /// Opens a raw image file or a block device.
    static DiskSource open(Path path) throws IOException {
        return FileDiskSource.of(Descriptor.openForReading(path), path);
    }

    /// Opens a raw image file that was written and synced just now, to read what the storage has of it and not what
    /// memory still holds, as far as the operating system goes along.
    static DiskSource openWritten(Path path) throws IOException {
        Descriptor descriptor = Descriptor.openForReading(path);
        descriptor.dropCache();
        return FileDiskSource.of(descriptor, path);
    }

    /// Opens a disk below a directory. The operating system itself refuses every link on the way and `..` that leads
    /// outside, so nobody can exchange a part of the path between a check and the opening.
    ///
    /// @param root a real path
    /// @param relative where below the root it lies, as a real path too
    static DiskSource openBeneath(Path root, Path relative) throws IOException {
        return FileDiskSource.of(Descriptor.openBeneath(root, relative), root.resolve(relative));
    }

    /// The bytes of an open image file or block device. Takes over the descriptor, also when it fails.
    ///
    /// @param path what to call it in messages
    static DiskSource of(Descriptor descriptor, Path path) throws IOException {
        return FileDiskSource.of(descriptor, path);
    }
}
