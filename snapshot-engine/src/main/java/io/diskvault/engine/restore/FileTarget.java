package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.RestoreTargetExistsException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.ExistingFile;
import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// A disk image file that appears when it is complete, or not at all.
///
/// A restore that can be resumed has an unfinished file of a name that the next attempt finds. Nothing is noted of how
/// far it came, since nothing of that could be relied on after a crash: what it holds is compared.
final class FileTarget implements RestoreTarget {

    private static final int NAME_BYTES = 4;

    /// More than this can only be somebody else's bad luck again and again.
    private static final int ATTEMPTS_MAX = 10;

    private final Directory directory;
    private final String temporaryName;
    private final String name;
    private final Path path;
    private final boolean overwrite;
    private final OutputFile file;
    private final Optional<ExistingFile> found;
    private final boolean resumable;
    private boolean left;
    private Optional<DiskSource> held = Optional.empty();
    private boolean open = true;

    private FileTarget(
            Directory directory,
            String temporaryName,
            String name,
            Path path,
            boolean overwrite,
            OutputFile file,
            Optional<ExistingFile> found,
            boolean resumable) {
        this.directory = directory;
        this.temporaryName = temporaryName;
        this.name = name;
        this.path = path;
        this.overwrite = overwrite;
        this.file = file;
        this.found = found;
        this.resumable = resumable;
    }

    static FileTarget open(
            Directory directory, String name, Path path, long sizeBytes, RestoreOptions options, Randomness randomness)
            throws IOException {
        boolean overwrite = options.existing() == RestoreOptions.Existing.REPLACED;
        FileTarget target;
        if (options.resumeKey().isPresent()) {
            target = resumed(directory, resumableName(name, options.resumeKey().get()), name, path, overwrite);
        } else {
            String temporaryName = "." + name + "." + HexFormat.of().formatHex(randomness.bytes(NAME_BYTES))
                    + ".unfinished-diskvault-restore";
            OutputFile created = directory.create(temporaryName);
            target = new FileTarget(directory, temporaryName, name, path, overwrite, created, Optional.empty(), false);
        }
        try {
            target.file.setLength(sizeBytes);
            if (target.found.isPresent()) {
                target.held = Optional.of(target.found.get().content());
            }
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

    private static FileTarget resumed(
            Directory directory, String temporaryName, String name, Path path, boolean overwrite) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                OutputFile created = directory.createLocked(temporaryName);
                return new FileTarget(directory, temporaryName, name, path, overwrite, created, Optional.empty(), true);
            } catch (FileAlreadyExistsException exists) {
                try {
                    ExistingFile found = directory.openLocked(temporaryName);
                    return new FileTarget(
                            directory, temporaryName, name, path, overwrite, found, Optional.of(found), true);
                } catch (NoSuchFileException gone) {
                    if (attempt == ATTEMPTS_MAX) {
                        throw gone;
                    }
                }
            }
        }
    }

    /// What the unfinished file of a restore is called that can be resumed. Should two keys have the same, no harm is
    /// done: what is found is only compared with.
    static String resumableName(String name, String key) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime must offer SHA-256.", e);
        }
        return "." + name + "." + HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES))
                + ".resumable-diskvault-restore";
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        file.write(bytes, position);
    }

    @Override
    public void clear(long position, long length) throws IOException {
        // A new file reads as zeros wherever nothing was written.
        if (found.isPresent()) {
            found.get().clear(position, length);
        }
    }

    @Override
    public Optional<DiskSource> held() {
        return held;
    }

    @Override
    public boolean isResumed() {
        return found.isPresent();
    }

    @Override
    public Optional<Path> unfinished() {
        return Optional.of(path.resolveSibling(temporaryName));
    }

    @Override
    public void leave() {
        left = resumable;
    }

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
        closeFiles();
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

    private void closeFiles() throws IOException {
        try (file) {
            if (held.isPresent()) {
                held.get().close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            try {
                // While it is locked: as soon as it is not, the name may be another restore's.
                if (!left) {
                    directory.delete(temporaryName);
                }
            } finally {
                closeFiles();
            }
        }
    }
}
