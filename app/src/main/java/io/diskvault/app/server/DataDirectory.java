package io.diskvault.app.server;

import io.diskvault.app.console.CommandFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The directory that holds everything of one server: its database, its key, and the datastore of a quick start.
///
/// It belongs to one process at a time. The operating system keeps the lock, so that a killed server never leaves a
/// directory behind that has to be freed by hand.
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /// Takes the directory for this process; makes it, readable by this user only, where there is none.
    public static DataDirectory take(Path given) throws CommandFailed {
        Path path = given.toAbsolutePath().normalize();
        try {
            if (Files.notExists(path)) {
                Optional<Path> parent = Optional.ofNullable(path.getParent());
                if (parent.isPresent()) Files.createDirectories(parent.get());
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // Another start was faster; the lock decides between the two.
        } catch (IOException failure) {
            throw unusable(path, "cannot be made (" + failure.getMessage() + ")");
        }
        if (!Files.isDirectory(path)) throw unusable(path, "is not a directory");
        if (!Files.isReadable(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
            throw unusable(path, "cannot be read and written by this user");
        }
        try {
            // Where it really is: the server compares directories by that.
            return lock(path.toRealPath());
        } catch (IOException failure) {
            throw unusable(path, "cannot be read (" + failure.getMessage() + ")");
        }
    }

    private static DataDirectory lock(Path path) throws CommandFailed {
        FileChannel file;
        try {
            file = FileChannel.open(path.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw unusable(path, "cannot be written by this user (" + failure.getMessage() + ")");
        }
        Optional<FileLock> lock;
        try {
            lock = Optional.ofNullable(file.tryLock());
        } catch (IOException | OverlappingFileLockException refused) {
            lock = Optional.empty();
        }
        if (lock.isPresent()) return new DataDirectory(path, file);
        closeQuietly(file);
        throw new CommandFailed(
                "DataDirectoryInUse",
                "Another Diskvault server is running on " + path + ".",
                "Stop that one first, or give this one a directory of its own with --data.");
    }

    public Path path() {
        return path;
    }

    /// Where a quick start keeps its snapshots.
    public Path datastore() {
        return path.resolve("datastore");
    }

    /// The key of every datastore that this server makes.
    public Path keyFile() {
        return path.resolve("datastore.key");
    }

    /// The directories that earlier quick starts allowed, so that what they protect stays protected after every start.
    List<Path> rememberedRoots() throws CommandFailed {
        try {
            return Files.exists(rootsFile())
                    ? Files.readAllLines(rootsFile()).stream()
                            .filter(line -> !line.isBlank())
                            .map(Path::of)
                            .toList()
                    : List.of();
        } catch (IOException failure) {
            throw unusable(path, "holds a file allowed-roots that cannot be read (" + failure.getMessage() + ")");
        }
    }

    /// Allows a directory from now on.
    public void rememberRoot(Path root) throws CommandFailed {
        List<Path> roots = new ArrayList<>(rememberedRoots());
        if (roots.contains(root)) return;
        roots.add(root);
        try {
            Files.write(rootsFile(), roots.stream().map(Path::toString).toList());
        } catch (IOException failure) {
            throw unusable(path, "cannot be written (" + failure.getMessage() + ")");
        }
    }

    private Path rootsFile() {
        return path.resolve("allowed-roots");
    }

    private static CommandFailed unusable(Path path, String why) {
        return new CommandFailed(
                "DataDirectoryUnusable",
                "The data directory " + path + " " + why + ".",
                "Choose another one with --data, or mend its permissions.");
    }

    /// Frees the directory for another process.
    @Override
    public void close() {
        closeQuietly(lockFile);
    }

    private static void closeQuietly(FileChannel file) {
        try {
            file.close();
        } catch (IOException _) {
            // The lock ends with the process at the latest.
        }
    }
}
