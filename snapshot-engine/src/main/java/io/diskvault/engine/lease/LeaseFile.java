package io.diskvault.engine.lease;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What a lease says; `docs/datastore-format.md` shows its bytes.
///
/// @param epoch the number of the epoch that its owner knows
/// @param tree what its owner reads
/// @param process the number that its owner's process has on its own machine; only for people, nothing rests on it
record LeaseFile(long epoch, Purpose purpose, Optional<ProtectedTree> tree, long process) {

    static final FileFormat FORMAT = new FileFormat("lease", "DVLEASE\n", 1);

    /// No version of the file is longer.
    static final int BYTES_MAX = 4096;

    private static final int BYTES = FileFormat.HEADER_BYTES + 3 * Long.BYTES + 2 + ChunkId.BYTES + Checksum.CRC_BYTES;
    private static final ChunkId NO_ROOT = new ChunkId(0, 0, 0, 0);

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        FORMAT.writeHeader(bytes);
        bytes.putLong(epoch).put((byte) purpose.code()).put((byte) (tree.isPresent() ? 1 : 0));
        tree.map(ProtectedTree::root).orElse(NO_ROOT).writeTo(bytes);
        bytes.putLong(tree.map(ProtectedTree::diskBytes).orElse(0L));
        bytes.putLong(process);
        bytes.putInt(Checksum.crc32c(bytes.slice(0, bytes.position())));
        return bytes.flip();
    }

    static LeaseFile decode(byte[] content, String file) throws DatastoreException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        FORMAT.readHeader(bytes, file);
        int checked = BYTES - Checksum.CRC_BYTES;
        if (content.length != BYTES || bytes.getInt(checked) != Checksum.crc32c(bytes.slice(0, checked))) {
            throw new CorruptDatastoreException(file + " is damaged: its length or checksum is wrong.");
        }
        long epoch = bytes.getLong();
        Purpose purpose = purpose(bytes.get(), file);
        boolean hasTree = bytes.get() != 0;
        ProtectedTree tree = new ProtectedTree(ChunkId.readFrom(bytes), bytes.getLong());
        return new LeaseFile(epoch, purpose, hasTree ? Optional.of(tree) : Optional.empty(), bytes.getLong());
    }

    private static Purpose purpose(int code, String file) throws CorruptDatastoreException {
        for (Purpose known : Purpose.values()) {
            if (known.code() == code) {
                return known;
            }
        }
        throw new CorruptDatastoreException(file + " is damaged: there is no purpose with the code " + code + ".");
    }
}
