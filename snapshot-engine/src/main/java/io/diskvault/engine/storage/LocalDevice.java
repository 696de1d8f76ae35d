package io.diskvault.engine.storage;

import io.diskvault.engine.posix.Descriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A block device as a file that is there already and keeps its length. Nobody else can open it for exclusive use
/// until it is closed.
public final class LocalDevice implements OutputFile {

    private final Path path;
    private final Descriptor descriptor;
    private final FileChannel channel;
    private final LocalWrites writes;

    private LocalDevice(Path path, Descriptor descriptor, FileChannel channel) {
        this.path = path;
        this.descriptor = descriptor;
        this.channel = channel;
        this.writes = new LocalWrites(channel, descriptor.self());
    }

    /// Opens a device for writing. The kernel refuses one that is mounted or otherwise in use.
    public static LocalDevice open(Path path) throws IOException {
        Descriptor descriptor = Descriptor.openDeviceExclusively(path);
        try {
            return new LocalDevice(path, descriptor, descriptor.channel(StandardOpenOption.WRITE));
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        writes.write(bytes, position);
    }

    /// Changes nothing, because a device is as long as it is, but makes sure that there is room.
    ///
    /// @throws FileSystemException when the device is shorter
    @Override
    public void setLength(long bytes) throws IOException {
        long room = descriptor.sizeBytes();
        if (room < bytes) {
            throw new FileSystemException(
                    path.toString(), null, "Has " + room + " bytes, but the disk needs " + bytes + ".");
        }
    }

    @Override
    public void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        try (descriptor;
                channel) {
            writes.close();
        }
    }
}
