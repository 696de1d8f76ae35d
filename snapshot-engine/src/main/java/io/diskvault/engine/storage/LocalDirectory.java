package io.diskvault.engine.storage;

import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.posix.Rename;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A directory of a local file system.
public final class LocalDirectory implements Directory {

    private final Path root;

    public LocalDirectory(Path root) {
        this.root = root;
    }

    @Override
    public OutputFile create(String name) throws IOException {
        // Only the owner may read: datastores say how large which disk is, and restored disks say everything.
        Path path = root.resolve(name);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return openForWriting(path, path);
    }

    private static LocalOutputFile openForWriting(Path path, Path name) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        return new LocalOutputFile(file, new LocalWrites(file.getChannel(), name));
    }

    @Override
    public OutputFile createLocked(String name) throws IOException {
        Path path = root.resolve(name);
        Descriptor descriptor = Descriptor.create(path);
        try {
            if (descriptor.tryLock() && descriptor.isNamed(path)) {
                return new LockedOutputFile(descriptor, openForWriting(descriptor.self(), path));
            }
        } catch (IOException e) {
            Files.deleteIfExists(path);
            descriptor.close();
            throw e;
        }
        descriptor.close();
        throw new FileAlreadyExistsException(path.toString());
    }

    @Override
    public LockedFile createForUpdate(String name) throws IOException {
        Path path = root.resolve(name);
        Descriptor descriptor = Descriptor.create(path);
        try {
            if (descriptor.tryLock() && descriptor.isNamed(path)) {
                return LocalLockedFile.of(descriptor);
            }
        } catch (IOException e) {
            Files.deleteIfExists(path);
            descriptor.close();
            throw e;
        }
        descriptor.close();
        throw new FileAlreadyExistsException(path.toString());
    }

    @Override
    public Optional<LockedFile> openForUpdate(String name) throws IOException {
        Path path = root.resolve(name);
        Descriptor descriptor = Descriptor.openForWriting(path);
        try {
            if (!descriptor.isRegularFile()) {
                throw new FileSystemException(path.toString(), null, "Is no file.");
            }
            if (descriptor.tryLock()) {
                return Optional.of(LocalLockedFile.of(descriptor));
            }
        } catch (IOException e) {
            descriptor.close();
            throw e;
        }
        descriptor.close();
        return Optional.empty();
    }

    @Override
    public ExistingFile openLocked(String name) throws IOException {
        return LocalDisk.openFile(root.resolve(name));
    }

    @Override
    public boolean deleteAbandoned(String name) throws IOException {
        Path path = root.resolve(name);
        try (Descriptor descriptor = Descriptor.openForWriting(path)) {
            if (!descriptor.tryLock()) {
                return false;
            }
            if (descriptor.isNamed(path)) {
                Files.delete(path);
            }
            return true;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    @Override
    public InputFile open(String name) throws IOException {
        return new LocalInputFile(FileChannel.open(root.resolve(name), StandardOpenOption.READ));
    }

    @Override
    public void publish(String temporaryName, String name) throws IOException {
        Rename.withoutReplacing(root.resolve(temporaryName), root.resolve(name));
    }

    @Override
    public void replace(String temporaryName, String name) throws IOException {
        Files.move(root.resolve(temporaryName), root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return Files.deleteIfExists(root.resolve(name));
    }

    @Override
    public void createDirectory(String name) throws IOException {
        try {
            Files.createDirectory(root.resolve(name));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(root.resolve(name))) {
                throw e;
            }
        }
    }

    @Override
    public void syncDirectory(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(root.resolve(name), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> list(String name) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(name))) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return names;
    }

    @Override
    public boolean exists(String name) throws IOException {
        // Not Files.exists, which takes a disk that cannot be read for a file that is not there.
        try {
            Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// A file whose lock is held through a descriptor that nothing else uses.
    private record LockedOutputFile(Descriptor lock, LocalOutputFile content) implements OutputFile {

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            content.write(bytes, position);
        }

        @Override
        public void setLength(long bytes) throws IOException {
            content.setLength(bytes);
        }

        @Override
        public void sync() throws IOException {
            content.sync();
        }

        @Override
        public void close() throws IOException {
            try {
                content.close();
            } finally {
                lock.close();
            }
        }
    }

    private record LocalOutputFile(RandomAccessFile file, LocalWrites writes) implements OutputFile {

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            writes.write(bytes, position);
        }

        @Override
        public void setLength(long bytes) throws IOException {
            file.setLength(bytes);
        }

        @Override
        public void sync() throws IOException {
            file.getChannel().force(true);
        }

        @Override
        public void close() throws IOException {
            try {
                writes.close();
            } finally {
                file.close();
            }
        }
    }

    private record LocalInputFile(FileChannel channel) implements InputFile {

        @Override
        public long sizeBytes() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            ChannelReads.fill(channel, into, position);
        }

        @Override
        public MemorySegment map() throws IOException {
            // Unmapped by the garbage collector, not by hand: a reader on another thread can never be cut off.
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
