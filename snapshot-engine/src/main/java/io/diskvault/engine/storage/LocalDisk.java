package io.diskvault.engine.storage;

import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.posix.FileInUseException;
import io.diskvault.engine.source.DiskSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file or block device of the operating system that is there already. Until it is closed nobody else can open the
/// device for exclusive use, or gets one of the locks of the file.
public final class LocalDisk implements ExistingFile {

    private static final int ZEROS_BYTES = 1 << 20;

    private final Path path;
    private final Descriptor descriptor;
    private final boolean device;
    private final FileChannel channel;
    private final LocalWrites writes;

    private LocalDisk(Path path, Descriptor descriptor, boolean device, FileChannel channel) {
        this.path = path;
        this.descriptor = descriptor;
        this.device = device;
        this.channel = channel;
        this.writes = new LocalWrites(channel, descriptor.self());
    }

    /// Opens a block device for writing. The kernel refuses one that is mounted or otherwise in use.
    ///
    /// @throws FileInUseException then
    public static LocalDisk openDevice(Path path) throws IOException {
        return of(Descriptor.openDeviceExclusively(path), path);
    }

    /// Opens a file or block device below a directory for writing. The operating system itself refuses every link on
    /// the way and `..` that leads outside.
    ///
    /// @param root a real path
    /// @param relative where below the root it lies, as a real path too
    /// @throws FileInUseException when somebody else has it
    public static LocalDisk openBeneath(Path root, Path relative) throws IOException {
        return of(Descriptor.openBeneathForWriting(root, relative), root.resolve(relative));
    }

    /// Opens a file for writing.
    ///
    /// @throws FileInUseException when somebody else has it, or takes its name away at this moment
    static LocalDisk openFile(Path path) throws IOException {
        LocalDisk disk = of(Descriptor.openForWriting(path), path);
        // Whoever had it locked may just have given it another name.
        if (disk.descriptor.isNamed(path)) {
            return disk;
        }
        disk.close();
        throw new FileInUseException(path);
    }

    /// Takes over the descriptor, also when it fails.
    private static LocalDisk of(Descriptor descriptor, Path path) throws IOException {
        try {
            boolean device = descriptor.isBlockDevice();
            if (!device && !(descriptor.isRegularFile() && descriptor.tryLock() && descriptor.tryClaim())) {
                throw refusal(descriptor, path);
            }
            return new LocalDisk(
                    path, descriptor, device, descriptor.channel(StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException | RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    private static FileSystemException refusal(Descriptor descriptor, Path path) throws IOException {
        return descriptor.isRegularFile()
                ? new FileInUseException(path)
                : new FileSystemException(
                        path.toString(), null, "Is neither a file nor a block device. Nothing was changed.");
    }

    @Override
    public long sizeBytes() throws IOException {
        return descriptor.sizeBytes();
    }

    @Override
    public DiskSource content() throws IOException {
        return new LocalContent(DiskSource.open(descriptor.self()), descriptor.self());
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        writes.write(bytes, position);
    }

    @Override
    public void clear(long position, long length) throws IOException {
        // Not on devices: some of those that promise zeros for what they were told to forget do not keep it.
        if (!device && descriptor.punchHole(position, length)) {
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS_BYTES, Math.max(1, length)));
        for (long at = position; at < position + length; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), position + length - at));
            write(zeros, at);
        }
    }

    /// Changes nothing on a device, because that is as long as it is, but makes sure that there is room.
    ///
    /// @throws FileSystemException when a device is shorter
    @Override
    public void setLength(long bytes) throws IOException {
        long room = sizeBytes();
        if (device && room < bytes) {
            throw new FileSystemException(
                    path.toString(), null, "Has " + room + " bytes, but the disk needs " + bytes + ".");
        }
        if (!device && room != bytes) {
            try (RandomAccessFile file = new RandomAccessFile(descriptor.self().toFile(), "rw")) {
                file.setLength(bytes);
            }
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

    @Override
    public String toString() {
        return path.toString();
    }
}
