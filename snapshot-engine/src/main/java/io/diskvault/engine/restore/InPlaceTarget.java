package io.diskvault.engine.restore;

import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.storage.ExistingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/// A file or block device that is there already, written in place: a restore that fails leaves it part old and part
/// new.
final class InPlaceTarget implements RestoreTarget {

    private final ExistingFile file;
    private final long sizeBytes;
    private final Optional<DiskSource> held;

    private InPlaceTarget(ExistingFile file, long sizeBytes, Optional<DiskSource> held) {
        this.file = file;
        this.sizeBytes = sizeBytes;
        this.held = held;
    }

    static InPlaceTarget on(ExistingFile file, Path path, long sizeBytes, boolean onlyDifferences) throws IOException {
        try {
            long room = file.sizeBytes();
            if (room < sizeBytes) {
                throw new FileSystemException(
                        path.toString(),
                        null,
                        "Has " + room + " bytes, but the disk needs " + sizeBytes + ". Nothing was changed.");
            }
            return new InPlaceTarget(file, sizeBytes, onlyDifferences ? Optional.of(file.content()) : Optional.empty());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        file.write(bytes, position);
    }

    @Override
    public void clear(long position, long length) throws IOException {
        file.clear(position, length);
    }

    @Override
    public void giveUp(long position, long length) throws IOException {
        // What is there is likely a state of the same disk, and the best that there is.
        if (held.isEmpty()) {
            clear(position, length);
        }
    }

    @Override
    public Optional<DiskSource> held() {
        return held;
    }

    @Override
    public void commit() throws IOException {
        // Last of all, so that a restore that fails has taken nothing away beyond the end of the disk.
        file.setLength(sizeBytes);
        file.sync();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (held.isPresent()) {
                held.get().close();
            }
        }
    }
}
