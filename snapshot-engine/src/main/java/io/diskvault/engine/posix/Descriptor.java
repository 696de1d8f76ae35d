package io.diskvault.engine.posix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// An open file of the operating system, for what a `FileChannel` cannot do.
///
/// A channel for the same file comes from [#channel]: it is opened through the descriptor, not through the path, so
/// both
/// are the same file even when somebody replaces the path meanwhile.
public final class Descriptor implements AutoCloseable {

    private static final int O_RDONLY = 0;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;

    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;
    private static final long RESOLVE_BENEATH = 0x08;

    private static final int CURRENT_DIRECTORY = -100;

    private static final int POSIX_FADV_DONTNEED = 4;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private static final int FALLOC_FL_KEEP_SIZE = 1;
    private static final int FALLOC_FL_PUNCH_HOLE = 2;

    /// Read and write for the owner, nothing for others.
    private static final int MODE_OWNER_ONLY = 0x180;

    private static final int ENOENT = 2;
    private static final int ENXIO = 6;
    private static final int EAGAIN = 11;
    private static final int EACCES = 13;
    private static final int EBUSY = 16;
    private static final int EEXIST = 17;
    private static final int EINVAL = 22;
    private static final int EOPNOTSUPP = 95;

    private static final int TYPE_MASK = 0xf000;
    private static final int TYPE_BLOCK_DEVICE = 0x6000;
    private static final int TYPE_REGULAR = 0x8000;

    /// Tells any two files apart that exist at the same time.
    private static final String FILE_IDENTITY = "unix:dev,ino";

    private final int number;
    private final Path path;
    private boolean closed;

    private Descriptor(int number, Path path) {
        this.number = number;
        this.path = path;
    }

    /// Opens a file for reading. Never blocks, not even on a pipe that nobody writes to.
    public static Descriptor openForReading(Path path) throws IOException {
        return opened(LibC.open(path.toString(), O_RDONLY | O_NONBLOCK | O_CLOEXEC), path);
    }

    /// Opens a file or block device below a directory for reading. The kernel refuses links, in the path of the
    /// directory as well as below it, and a `..` that leads outside. What is neither a file nor a block device is
    /// never opened: opening alone can rewind a tape or wake a watchdog.
    ///
    /// @param root a real path
    public static Descriptor openBeneath(Path root, Path relative) throws IOException {
        return openBeneath(root, relative, O_RDONLY, O_RDONLY);
    }

    /// The same for reading and writing; a block device is opened as by [#openDeviceExclusively].
    ///
    /// @param root a real path
    public static Descriptor openBeneathForWriting(Path root, Path relative) throws IOException {
        return openBeneath(root, relative, O_RDWR, O_RDWR | O_EXCL);
    }

    private static Descriptor openBeneath(Path root, Path relative, int forFile, int forDevice) throws IOException {
        Path whole = root.resolve(relative);
        try (Descriptor directory = openDirectory(root);
                Descriptor found = opened(
                        LibC.openat2(
                                directory.number,
                                relative.toString(),
                                O_PATH | O_CLOEXEC,
                                RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS),
                        whole)) {
            if (!found.isRegularFile() && !found.isBlockDevice()) {
                throw new FileSystemException(
                        whole.toString(), null, "Is neither a file nor a block device, so it cannot be a disk.");
            }
            int access = found.isBlockDevice() ? forDevice : forFile;
            return opened(LibC.open(found.self().toString(), access | O_NONBLOCK | O_CLOEXEC), whole);
        }
    }

    /// Keeps hold of a directory, wherever its name leads later: [#self] is a path to it.
    ///
    /// @param real an absolute path without links; if somebody has put one into it, the kernel refuses
    public static Descriptor openDirectory(Path real) throws IOException {
        return opened(
                LibC.openat2(
                        CURRENT_DIRECTORY,
                        real.toString(),
                        O_PATH | O_CLOEXEC,
                        RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS),
                real);
    }

    /// Opens a block device for writing, and keeps everybody else who asks for exclusive use away from it. The kernel
    /// refuses a device that is mounted or otherwise in use.
    ///
    /// @throws FileInUseException then
    public static Descriptor openDeviceExclusively(Path device) throws IOException {
        return opened(LibC.open(device.toString(), O_RDWR | O_EXCL | O_CLOEXEC), device);
    }

    /// Opens an existing file for reading and writing.
    public static Descriptor openForWriting(Path path) throws IOException {
        return opened(LibC.open(path.toString(), O_RDWR | O_NONBLOCK | O_CLOEXEC), path);
    }

    /// Creates a file that does not exist yet, for its owner only, and opens it for reading and writing.
    ///
    /// @throws FileAlreadyExistsException when it does
    public static Descriptor create(Path path) throws IOException {
        return opened(LibC.open(path.toString(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, MODE_OWNER_ONLY), path);
    }

    private static Descriptor opened(LibC.Answer answer, Path path) throws IOException {
        if (!answer.failed()) {
            return new Descriptor((int) answer.value(), path);
        }
        switch (answer.errno()) {
            case ENOENT -> throw new NoSuchFileException(path.toString());
            case EEXIST -> throw new FileAlreadyExistsException(path.toString());
            case EBUSY -> throw new FileInUseException(path);
            default -> throw new FileSystemException(path.toString(), null, "Cannot be opened: " + answer.reason());
        }
    }

    /// Takes the lock of the open file, unless somebody has it: another process, or this one through another
    /// descriptor. It is kept until this descriptor is closed or the process ends, however it ends.
    ///
    /// @return whether it was free
    public boolean tryLock() throws IOException {
        // flock and not fcntl: what other descriptors of the same file do in this process must not matter.
        LibC.Answer answer = LibC.flock(number, LOCK_EX | LOCK_NB);
        if (answer.failed() && answer.errno() != EAGAIN) {
            throw new FileSystemException(
                    path.toString(), null, "Cannot be locked; the file system must support flock: " + answer.reason());
        }
        return !answer.failed();
    }

    /// Whether anybody has a record lock on a byte, by which programs that agree on it tell each other what they do
    /// with a file. The locks of [#tryLock] are of another kind.
    public boolean isLockedAt(long offset) {
        LibC.Answer lock = LibC.lockInTheWay(number, offset, 1);
        return !lock.failed() && lock.value() != LibC.F_UNLCK;
    }

    /// Claims the content of the open file, unless somebody has: a virtual machine that runs on it, for example.
    /// QEMU and others lock the images that they use in this way, and find the lock that this takes. It is kept
    /// like the one of [#tryLock]. Where the file system has no such locks nothing is found, and nothing taken.
    ///
    /// @return whether nobody had
    public boolean tryClaim() {
        // Of the open file and not of the process: otherwise whoever closes the file elsewhere in this process ends it.
        LibC.Answer answer = LibC.lockWhole(number);
        return !answer.failed() || (answer.errno() != EAGAIN && answer.errno() != EACCES);
    }

    /// Whether a path names this open file, and not another one or none.
    public boolean isNamed(Path name) throws IOException {
        try {
            Map<String, Object> named = Files.readAttributes(name, FILE_IDENTITY, LinkOption.NOFOLLOW_LINKS);
            return named.equals(Files.readAttributes(self(), FILE_IDENTITY));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    public boolean isRegularFile() throws IOException {
        return type() == TYPE_REGULAR;
    }

    public boolean isBlockDevice() throws IOException {
        return type() == TYPE_BLOCK_DEVICE;
    }

    private int type() throws IOException {
        return (int) Files.getAttribute(self(), "unix:mode") & TYPE_MASK;
    }

    /// Whether a path names a block device, links followed.
    public static boolean isBlockDevice(Path path) throws IOException {
        return Files.exists(path) && ((int) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == TYPE_BLOCK_DEVICE;
    }

    /// The size in bytes, also of a block device, whose attributes say zero.
    public long sizeBytes() throws IOException {
        return found(LibC.lseek(number, 0, SEEK_END)).orElseThrow();
    }

    /// Where the first data at or after an offset starts; empty when there are only holes to the end.
    public OptionalLong nextData(long offset) throws IOException {
        LibC.Answer answer = LibC.lseek(number, offset, SEEK_DATA);
        // A file system that knows nothing of holes may refuse the question; then everything is data.
        return answer.failed() && answer.errno() == EINVAL ? OptionalLong.of(offset) : found(answer);
    }

    /// Where the first hole at or after an offset starts; the end of the file counts as one.
    public OptionalLong nextHole(long offset) throws IOException {
        LibC.Answer answer = LibC.lseek(number, offset, SEEK_HOLE);
        return answer.failed() && answer.errno() == EINVAL ? OptionalLong.of(sizeBytes()) : found(answer);
    }

    private OptionalLong found(LibC.Answer answer) throws IOException {
        if (!answer.failed()) {
            return OptionalLong.of(answer.value());
        }
        if (answer.errno() == ENXIO) {
            return OptionalLong.empty();
        }
        throw new FileSystemException(path.toString(), null, "Cannot be searched for data: " + answer.reason());
    }

    /// Makes the file longer or shorter; what it gains reads as zeros and takes no room.
    public void setLength(long bytes) throws IOException {
        LibC.Answer answer = LibC.ftruncate(number, bytes);
        if (answer.failed()) {
            throw new FileSystemException(
                    path.toString(), null, "Cannot be given a length of " + bytes + " bytes: " + answer.reason());
        }
    }

    /// Gives back the room of a range, which reads as zeros then.
    ///
    /// @return whether the file system can do that; otherwise nothing has changed
    public boolean punchHole(long offset, long length) throws IOException {
        LibC.Answer answer = LibC.fallocate(number, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
        if (answer.failed() && answer.errno() != EOPNOTSUPP) {
            throw new FileSystemException(path.toString(), null, "Cannot be given a hole: " + answer.reason());
        }
        return !answer.failed();
    }

    /// Lets the system forget what it holds of the file in memory, so that reading it shows what the storage has. Only
    /// what was synced goes, and a file system without storage keeps everything.
    public void dropCache() {
        LibC.posixFadvise(number, 0, 0, POSIX_FADV_DONTNEED);
    }

    /// A channel for the same open file.
    public FileChannel channel(OpenOption... options) throws IOException {
        return FileChannel.open(self(), Set.of(options));
    }

    /// A path that names this open file itself, whatever happens to the path it was opened by.
    public Path self() {
        return Path.of("/proc/self/fd/" + number);
    }

    /// An attribute of the open file.
    public Object attribute(String name) throws IOException {
        return Files.getAttribute(self(), name, new LinkOption[0]);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LibC.close(number);
        }
    }
}
