package io.diskvault.engine.pack;

import io.diskvault.engine.chunk.ChunkId;
import java.nio.ByteBuffer;

/// One line of a pack's table.
///
/// @param checksum CRC-32C of the sealed bytes
public record PackEntry(ChunkId id, ChunkPlace place, int checksum) {

    static final int BYTES = ChunkId.BYTES + 4 * Integer.BYTES;

    static PackEntry readFrom(ByteBuffer bytes, PackId pack) {
        ChunkId id = ChunkId.readFrom(bytes);
        ChunkPlace place = new ChunkPlace(pack, bytes.getInt(), bytes.getInt(), bytes.getInt());
        return new PackEntry(id, place, bytes.getInt());
    }

    void writeTo(ByteBuffer bytes) {
        id.writeTo(bytes);
        bytes.putInt(place.offset())
                .putInt(place.sealedLength())
                .putInt(place.plainLength())
                .putInt(checksum);
    }
}
