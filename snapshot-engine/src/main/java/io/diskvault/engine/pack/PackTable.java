package io.diskvault.engine.pack;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// What a pack says about itself. Needs no key.
public final class PackTable {

    private PackTable() {}

    public static List<PackEntry> read(Directory directory, PackId id) throws IOException, DatastoreException {
        try (InputFile file = directory.open(id.file())) {
            long size = file.sizeBytes();
            if (size < PackFormat.HEADER_BYTES + PackFormat.FOOTER_BYTES) {
                throw new CorruptDatastoreException(id.file() + " is damaged: it is too short to be a pack.");
            }
            PackFormat.readHeader(bytes(file, 0, PackFormat.HEADER_BYTES), id);
            ByteBuffer end = bytes(file, size - PackFormat.FOOTER_BYTES, PackFormat.FOOTER_BYTES);
            PackFormat.Footer footer = PackFormat.readFooter(end, id, size);
            return PackFormat.readTable(bytes(file, footer.tableOffset(), footer.tableBytes()), footer);
        }
    }

    /// What the chunks of a pack are.
    public static PackKind kind(Directory directory, PackId id) throws IOException, DatastoreException {
        try (InputFile file = directory.open(id.file())) {
            if (file.sizeBytes() < PackFormat.HEADER_BYTES) {
                throw new CorruptDatastoreException(id.file() + " is damaged: it is too short to be a pack.");
            }
            return PackFormat.readHeader(bytes(file, 0, PackFormat.HEADER_BYTES), id);
        }
    }

    /// How long a pack of these entries is.
    ///
    /// @param count how many entries
    /// @param sealedBytes how long their chunks are altogether
    public static long fileBytes(long count, long sealedBytes) {
        return PackFormat.HEADER_BYTES + sealedBytes + count * PackEntry.BYTES + PackFormat.FOOTER_BYTES;
    }

    private static ByteBuffer bytes(InputFile file, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        file.read(bytes, position);
        return bytes.flip();
    }
}
