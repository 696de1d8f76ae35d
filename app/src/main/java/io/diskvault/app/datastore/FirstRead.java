package io.diskvault.app.datastore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.nbd.ExportedDisk;
import io.diskvault.engine.nbd.NbdDisk;
import io.diskvault.engine.source.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/// The first read of a disk that is served, made before anybody is told where: code that was never used has to be
/// loaded, and index and manifest looked at, which can take longer than all else that a client waits for.
final class FirstRead {
    private static final int BYTES = 4096;

    private FirstRead() {}

    /// @param socket where it is served, if that is a file
    /// @param name the export's
    static void of(ExportedDisk disk, Optional<Path> socket, String name) {
        try {
            Optional<Extent> data = disk.dataIn(0, disk.size());
            if (data.isEmpty()) return;
            ByteBuffer start =
                    ByteBuffer.allocate((int) Math.min(BYTES, data.get().length()));
            if (socket.isEmpty()) {
                disk.read(data.get().offset(), start);
                return;
            }
            try (NbdDisk client = NbdDisk.open(socket.get(), name, 1)) {
                client.read(start, data.get().offset());
            }
        } catch (IOException | DatastoreException failure) {
            // Whoever reads there will be told; the rest of the disk is served all the same.
        }
    }
}
