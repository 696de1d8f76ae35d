package io.diskvault.engine.datastore;

import static io.diskvault.engine.format.JsonFormat.member;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.NotADatastoreException;
import io.diskvault.engine.format.JsonFormat;
import io.diskvault.engine.key.Randomness;
import java.nio.ByteBuffer;
import java.util.SequencedMap;
import java.util.UUID;

/// What `datastore.json` says.
///
/// @param id made when the datastore is created
record DatastoreFile(String id, ChunkSize chunkSize) {

    static final String NAME = "datastore.json";

    /// No version of the file is longer.
    static final int BYTES_MAX = JsonFormat.BYTES_MAX;

    private static final JsonFormat FORMAT = new JsonFormat("diskvault-datastore", 1);

    static DatastoreFile create(ChunkSize chunkSize, Randomness randomness) {
        ByteBuffer random = ByteBuffer.wrap(randomness.bytes(2 * Long.BYTES));
        return new DatastoreFile(new UUID(random.getLong(), random.getLong()).toString(), chunkSize);
    }

    byte[] encode() {
        SequencedMap<String, Object> members = FORMAT.start();
        members.put("id", id);
        members.put("chunkSizeBytes", chunkSize.bytes());
        return FORMAT.encode(members);
    }

    /// @param where the directory, for messages
    static DatastoreFile decode(byte[] bytes, String where) throws DatastoreException {
        String file = where + "/" + NAME;
        SequencedMap<String, String> members = FORMAT.decode(bytes, file)
                .orElseThrow(() -> new NotADatastoreException(
                        where + " is not a datastore: its " + NAME + " is of another kind."));
        try {
            return new DatastoreFile(
                    member(members, "id"), new ChunkSize(Integer.parseInt(member(members, "chunkSizeBytes"))));
        } catch (IllegalArgumentException e) {
            throw new CorruptDatastoreException(file + " is damaged: " + e.getMessage(), e);
        }
    }
}
