package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.RestoreTargetExistsException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.ExistingFile;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.LocalDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Where a disk is restored to. Writes may overlap; closing without [#commit()] gives up whatever can be given up.
public interface RestoreTarget extends AutoCloseable {

    /// Opens a target when the size of the disk is known, and refuses it before anything is changed when it will not
    /// do.
    @FunctionalInterface
    interface Opener {
        RestoreTarget open(long sizeBytes) throws IOException, DatastoreException;
    }

    void write(ByteBuffer bytes, long position) throws IOException;

    /// Makes a range read as zeros.
    void clear(long position, long length) throws IOException;

    /// Deals with a range whose content is lost.
    default void giveUp(long position, long length) throws IOException {
        clear(position, length);
    }

    /// What the target held when it was opened. Where it is right, nothing is written; where it has holes,
    /// nothing is read. It is read while other parts of the target are written. Empty when everything is to be
    /// written, however much of it is there.
    default Optional<DiskSource> held() {
        return Optional.empty();
    }

    /// Whether this goes on with what a restore has left that was killed.
    default boolean isResumed() {
        return false;
    }

    /// Where a new file is until it is committed, for those who let another program write it.
    default Optional<Path> unfinished() {
        return Optional.empty();
    }

    /// Closing will leave what was written where the next attempt finds it, if it can go on with that.
    default void leave() {}

    /// Makes everything durable and visible.
    void commit() throws IOException, DatastoreException;

    @Override
    void close() throws IOException;

    /// A file or device that a path names, if the options allow it.
    static RestoreTarget open(Path path, long sizeBytes, RestoreOptions options, Randomness randomness)
            throws IOException, DatastoreException {
        Path target = path.toAbsolutePath().normalize();
        Path name = target.getFileName();
        Path parent = target.getParent();
        if (name == null || parent == null || Files.isDirectory(target)) {
            throw new RestoreTargetExistsException(
                    path + " is a directory. Name the file that the disk is to be restored to.");
        }
        if (!Files.isDirectory(parent)) {
            throw new NoSuchFileException(parent.toString(), null, "There is no such directory to restore into.");
        }
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        boolean onlyDifferences = options.existing() == RestoreOptions.Existing.CORRECTED;
        if (exists && options.existing() == RestoreOptions.Existing.REFUSED) {
            throw new RestoreTargetExistsException(
                    target + " already exists. Choose another name, or allow it to be overwritten.");
        }
        if (!exists && onlyDifferences) {
            throw new NoSuchFileException(
                    target.toString(), null, "Does not exist, so it cannot be corrected. Restore to a new file.");
        }
        if (Descriptor.isBlockDevice(target)) {
            return inPlace(LocalDisk.openDevice(target), target, sizeBytes, onlyDifferences);
        }
        if (exists && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new RestoreTargetExistsException(
                    path + " is neither a file nor a block device. Nothing was changed.");
        }
        Directory directory = new LocalDirectory(parent);
        return onlyDifferences
                ? inPlace(directory.openLocked(name.toString()), target, sizeBytes, true)
                : file(directory, name.toString(), target, sizeBytes, options, randomness);
    }

    /// A disk image file that appears in a directory when it is complete, or not at all.
    ///
    /// @param path what to call the file in messages
    /// @param options only whether a file of that name may be replaced, and the key
    static RestoreTarget file(
            Directory directory, String name, Path path, long sizeBytes, RestoreOptions options, Randomness randomness)
            throws IOException {
        return FileTarget.open(directory, name, path, sizeBytes, options, randomness);
    }

    /// A file or device that is there already, written in place. When it is larger than the disk, a file is shortened
    /// at the end, and of a device the rest is left alone.
    ///
    /// @param file is closed with the target; at once when it is smaller than the disk
    /// @param path what to call it in messages
    /// @param onlyDifferences whether only what differs is written
    static RestoreTarget inPlace(ExistingFile file, Path path, long sizeBytes, boolean onlyDifferences)
            throws IOException {
        return InPlaceTarget.on(file, path, sizeBytes, onlyDifferences);
    }

    /// Removes what a restore to a new file has left that was killed and will not be gone on with.
    ///
    /// @param key what it was resumable as
    /// @return whether nothing of it is there any more; `false` says that it is still at work
    static boolean removeUnfinished(Directory directory, String name, String key) throws IOException {
        return directory.deleteAbandoned(FileTarget.resumableName(name, key));
    }
}
