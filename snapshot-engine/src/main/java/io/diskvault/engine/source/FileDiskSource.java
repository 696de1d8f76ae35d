package io.diskvault.engine.source;

import io.diskvault.engine.posix.Descriptor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/// A disk that the operating system shows as a file: an image file or a block device.
final class FileDiskSource implements DiskSource {

    /// What changes when somebody writes to a file.
    private record Stamp(long sizeBytes, Object modified, Object changed) {

        static Stamp of(Descriptor descriptor) throws IOException {
            return new Stamp(
                    descriptor.sizeBytes(),
                    descriptor.attribute("unix:lastModifiedTime"),
                    descriptor.attribute("unix:ctime"));
        }
    }

    private final Path path;
    private final Descriptor descriptor;
    private final FileChannel channel;
    private final boolean device;
    private final long sizeBytes;
    private final Stamp opened;

    private FileDiskSource(Path path, Descriptor descriptor, FileChannel channel) throws IOException {
        this.path = path;
        this.descriptor = descriptor;
        this.channel = channel;
        this.device = descriptor.isBlockDevice();
        this.sizeBytes = descriptor.sizeBytes();
        this.opened = Stamp.of(descriptor);
    }

    /// Takes over the descriptor, also when it fails.
    static FileDiskSource of(Descriptor descriptor, Path path) throws IOException {
        try {
            if (!descriptor.isRegularFile() && !descriptor.isBlockDevice()) {
                throw new FileSystemException(
                        path.toString(), null, "Is neither a file nor a block device, so it cannot be a disk.");
            }
            return new FileDiskSource(path, descriptor, descriptor.channel(StandardOpenOption.READ));
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public Optional<Extent> dataFrom(long offset) throws IOException {
        if (offset >= sizeBytes) {
            return Optional.empty();
        }
        OptionalLong start = descriptor.nextData(offset);
        if (start.isEmpty() || start.getAsLong() >= sizeBytes) {
            return Optional.empty();
        }
        // No hole at all from here on means that the file ended meanwhile; reading will say so.
        long end = Math.min(sizeBytes, descriptor.nextHole(start.getAsLong()).orElse(sizeBytes));
        return end > start.getAsLong()
                ? Optional.of(new Extent(start.getAsLong(), end - start.getAsLong()))
                : dataFrom(end + 1);
    }

    @Override
    public void read(ByteBuffer into, long offset) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new EOFException(path + " ends at " + at + ", but had " + sizeBytes
                        + " bytes when it was opened. Do not shorten a disk while it is being backed up.");
            }
            at += count;
        }
    }

    @Override
    public boolean changedSinceOpened() throws IOException {
        return !device && !opened.equals(Stamp.of(descriptor));
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            descriptor.close();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
