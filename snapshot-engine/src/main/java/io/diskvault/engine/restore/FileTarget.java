package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.RestoreTargetExistsException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.HexFormat;

/// A disk image file that appears when it is complete, or not at all.
final class FileTarget implements RestoreTarget {

    private static final int RANDOM_NAME_BYTES = 4;

    private final Directory directory;
    private final String temporaryName;
    private final String name;
    private final Path path;
    private final boolean overwrite;
    private final OutputFile file;
    private boolean open = true;

    private FileTarget(
            Directory directory, String temporaryName, String name, Path path, boolean overwrite, OutputFile file) {
        this.directory = directory;
        this.temporaryName = temporaryName;
        this.name = name;
        this.path = path;
        this.overwrite = overwrite;
        this.file = file;
    }

    static FileTarget create(
            Directory directory, String name, Path path, long sizeBytes, boolean overwrite, Randomness randomness)
            throws IOException {
        String random = HexFormat.of().formatHex(randomness.bytes(RANDOM_NAME_BYTES));
        String temporaryName = "." + name + "." + random + ".unfinished-diskvault-restore";
        FileTarget target =
                new FileTarget(directory, temporaryName, name, path, overwrite, directory.create(temporaryName));
        try {
            target.file.setLength(sizeBytes);
            return target;
        } catch (IOException e) {
            try {
                target.close();
            } catch (IOException leftBehind) {
                e.addSuppressed(leftBehind);
            }
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        file.write(bytes, position);
    }

    /// A new file reads as zeros wherever nothing was written.
    @Override
    public void clear(long position, long length) {}

    @Override
    public void commit() throws IOException, DatastoreException {
        file.sync();
        if (overwrite) {
            directory.replace(temporaryName, name);
            directory.syncDirectory("");
        } else {
            publish();
        }
        open = false;
        file.close();
    }

    private void publish() throws IOException, DatastoreException {
        try {
            directory.publish(temporaryName, name);
        } catch (FileAlreadyExistsException e) {
            throw new RestoreTargetExistsException(
                    path + " has come into being during the restore and was left alone. Choose another name.", e);
        }
        try {
            directory.syncDirectory("");
        } catch (IOException e) {
            // The name may not last, so the restore has failed; it must not be in the way of the next one.
            try {
                directory.delete(name);
            } catch (IOException leftBehind) {
                e.addSuppressed(leftBehind);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            try {
                file.close();
            } finally {
                directory.delete(temporaryName);
            }
        }
    }
}
