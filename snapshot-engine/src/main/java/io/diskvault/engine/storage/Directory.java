package io.diskvault.engine.storage;

import io.diskvault.engine.posix.FileInUseException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/// Everything that the engine does with files it writes. Small, so that every crash and every fault can be played.
///
/// Implementations promise nothing about durability beyond what `sync` calls promise; callers must order them.
public interface Directory {

    /// Creates a file that does not exist yet.
    ///
    /// @throws FileAlreadyExistsException when it does
    OutputFile create(String name) throws IOException;

    /// Creates a file that does not exist yet and holds its lock until it is closed or the process ends, however it
    /// ends. So whoever finds the file can tell whether its owner lives, without asking any clock.
    ///
    /// @throws FileAlreadyExistsException when the name is taken, or was taken away again at the same moment by
    ///     somebody who saw the file before it was locked; another name can be tried
    OutputFile createLocked(String name) throws IOException;

    /// Creates a file as [#createLocked(String)] does, to be read and written anywhere.
    LockedFile createForUpdate(String name) throws IOException;

    /// Opens a file that exists, to be read and written anywhere, and takes its lock; empty when somebody else has
    /// it.
    ///
    /// @throws NoSuchFileException when it does not exist
    Optional<LockedFile> openForUpdate(String name) throws IOException;
    /// Opens a file that exists, to change it where it lies, and holds its lock until it is closed or the process
    /// ends.
    ///
    /// @throws NoSuchFileException when it does not exist
    /// @throws FileInUseException when somebody else holds its lock, or just takes its name away
    ExistingFile openLocked(String name) throws IOException;

    /// Deletes a file unless somebody holds its lock. The lock is held while the name is removed, so a file that is
    /// being created by [#createLocked(String)] is either left alone or lost to its creator, who notices.
    ///
    /// @return whether there is no such file any more; `false` says that its owner lives, or that somebody else is
    ///     just deleting it
    boolean deleteAbandoned(String name) throws IOException;

    /// Opens a file for reading.
    ///
    /// @throws NoSuchFileException when it does not exist
    InputFile open(String name) throws IOException;

    /// Renames a file to a name that must be free; of several that race for one name exactly one succeeds.
    ///
    /// @throws FileAlreadyExistsException when the name is taken, and then nothing has changed
    void publish(String temporaryName, String name) throws IOException;

    /// Renames a file to a name that may be taken; the file that had it is replaced in one step.
    void replace(String temporaryName, String name) throws IOException;

    /// Deletes a file. Answers whether it existed.
    boolean delete(String name) throws IOException;

    /// Creates a directory, unless it exists. The directory above must exist.
    void createDirectory(String name) throws IOException;

    /// Makes durable which names a directory holds. The empty name is this directory itself.
    void syncDirectory(String name) throws IOException;

    /// The names directly inside a directory, without the path to it, in no particular order; none when it does not
    /// exist.
    List<String> list(String name) throws IOException;

    boolean exists(String name) throws IOException;
}
