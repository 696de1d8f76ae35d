package io.diskvault.engine.restore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.qemu.QemuFormat;
import io.diskvault.engine.qemu.QemuTools;
import io.diskvault.engine.qemu.QemuWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A new image in one of the formats that QEMU's tools write. It appears when it is complete, or not at all.
///
/// @param file is closed with this target
record QemuTarget(RestoreTarget file, QemuWriter image) implements RestoreTarget {

    /// @param file a new file, empty so far; is closed also when the image cannot be made
    /// @param path what the file will be called
    /// @param diskBytes in whole sectors of 512 bytes
    static QemuTarget open(QemuFormat format, RestoreTarget file, Path path, long diskBytes) throws IOException {
        try {
            Path unfinished = file.unfinished().orElseThrow();
            String name = String.valueOf(path.getFileName());
            return new QemuTarget(file, QemuWriter.create(QemuTools.installed(), format, unfinished, name, diskBytes));
        } catch (IOException | RuntimeException e) {
            try {
                file.close();
            } catch (IOException leftBehind) {
                e.addSuppressed(leftBehind);
            }
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
        image.write(bytes, position);
    }

    /// A new image reads as zeros wherever nothing was written.
    @Override
    public void clear(long position, long length) {}

    @Override
    public void commit() throws IOException, DatastoreException {
        image.finish();
        file.commit();
    }

    @Override
    public void close() throws IOException {
        try {
            image.close();
        } finally {
            file.close();
        }
    }
}
