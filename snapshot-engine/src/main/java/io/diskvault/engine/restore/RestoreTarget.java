package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.RestoreTargetExistsException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.posix.Descriptor;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDevice;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Where a disk is restored to. Writes may overlap; closing without [#commit()] gives up whatever can be given up.
public interface RestoreTarget extends AutoCloseable {

    void write(ByteBuffer bytes, long position) throws IOException;

    /// Makes a range read as zeros.
    void clear(long position, long length) throws IOException;

    /// Makes everything durable and visible.
    void commit() throws IOException, DatastoreException;

    @Override
    void close() throws IOException;

    /// @param overwrite whether a file that exists may be replaced, and a block device written to
    static RestoreTarget open(Path path, long sizeBytes, boolean overwrite, Randomness randomness)
            throws IOException, DatastoreException {
        Path target = path.toAbsolutePath().normalize();
        Path name = target.getFileName();
        Path parent = target.getParent();
        if (name == null || parent == null || Files.isDirectory(target)) {
            throw new RestoreTargetExistsException(
                    path + " is a directory. Name the file that the disk is to be restored to.");
        }
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (exists && !overwrite) {
            throw new RestoreTargetExistsException(
                    target + " already exists. Choose another name, or allow it to be overwritten.");
        }
        if (Descriptor.isBlockDevice(target)) {
            return device(LocalDevice.open(target), sizeBytes);
        }
        if (exists && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new RestoreTargetExistsException(
                    path + " is neither a file nor a block device. Nothing was changed.");
        }
        return file(new LocalDirectory(parent), name.toString(), target, sizeBytes, overwrite, randomness);
    }

    /// A disk image file that appears in a directory when it is complete, or not at all.
    ///
    /// @param path what to call the file in messages
    /// @param overwrite whether a file of that name may be replaced
    static RestoreTarget file(
            Directory directory, String name, Path path, long sizeBytes, boolean overwrite, Randomness randomness)
            throws IOException {
        return FileTarget.create(directory, name, path, sizeBytes, overwrite, randomness);
    }

    /// A device, written in place.
    ///
    /// @param device is closed with the target; at once when it has less room than the disk needs
    static RestoreTarget device(OutputFile device, long sizeBytes) throws IOException {
        return DeviceTarget.on(device, sizeBytes);
    }
}
