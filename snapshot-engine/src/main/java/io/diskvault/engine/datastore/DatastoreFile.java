package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.NotADatastoreException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/// What `datastore.json` says.
///
/// @param id made when the datastore is created
/// @param keySalt what the key that seals the data key is derived with, besides the key file
/// @param sealedDataKey the data key, bound to id and chunk size
record DatastoreFile(String id, ChunkSize chunkSize, String keySalt, String sealedDataKey) {

    static final String NAME = "datastore.json";

    /// No version of the file is longer.
    static final int BYTES_MAX = 64 << 10;

    private static final String FORMAT = "diskvault-datastore";
    private static final int VERSION = 1;
    private static final int SALT_BYTES = 16;
    private static final String CHECKSUM = "checksum";

    static DatastoreFile create(ChunkSize chunkSize, DataKey dataKey, KeyFile keyFile, Randomness randomness) {
        ByteBuffer random = ByteBuffer.wrap(randomness.bytes(2 * Long.BYTES));
        String id = new UUID(random.getLong(), random.getLong()).toString();
        byte[] salt = randomness.bytes(SALT_BYTES);
        byte[] sealed = dataKey.sealed(keyFile.secret(), salt, boundTo(id, chunkSize));
        HexFormat hex = HexFormat.of();
        return new DatastoreFile(id, chunkSize, hex.formatHex(salt), hex.formatHex(sealed));
    }

    DataKey unsealDataKey(KeyFile keyFile, String where) throws DatastoreException {
        HexFormat hex = HexFormat.of();
        try {
            return DataKey.unseal(
                    hex.parseHex(sealedDataKey), keyFile.secret(), hex.parseHex(keySalt), boundTo(id, chunkSize));
        } catch (GeneralSecurityException e) {
            throw new WrongKeyException("The key does not open the datastore " + where + " (" + id
                    + "). Give the key file that it was created with.");
        }
    }

    private static byte[] boundTo(String id, ChunkSize chunkSize) {
        return (id + " " + chunkSize.bytes()).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] encode() {
        LinkedHashMap<String, Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put("version", VERSION);
        members.put("id", id);
        members.put("chunkSizeBytes", chunkSize.bytes());
        members.put("keySalt", keySalt);
        members.put("sealedDataKey", sealedDataKey);
        members.put(CHECKSUM, checksum(members));
        return FlatJson.write(members).getBytes(StandardCharsets.UTF_8);
    }

    /// @param where the directory, for messages
    static DatastoreFile decode(byte[] bytes, String where) throws DatastoreException {
        String file = where + "/" + NAME;
        SequencedMap<String, String> members = FlatJson.read(new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new CorruptDatastoreException(file + " is damaged: it cannot be read as JSON."));
        String checksum = members.remove(CHECKSUM);
        if (checksum == null && !FORMAT.equals(members.get("format"))) {
            throw new NotADatastoreException(where + " is not a datastore: its " + NAME + " is of another kind.");
        }
        // Looked at before the version, so that damage there is not taken for another version.
        if (!checksum(members).equals(checksum)) {
            throw new CorruptDatastoreException(
                    file + " is damaged: its checksum is wrong. Copy it back from another copy of the datastore.");
        }
        if (!FORMAT.equals(members.get("format"))) {
            throw new NotADatastoreException(where + " is not a datastore: its " + NAME + " is of another kind.");
        }
        try {
            FileFormat.checkVersion(file, Long.parseLong(member(members, "version")), VERSION);
            return new DatastoreFile(
                    member(members, "id"),
                    new ChunkSize(Integer.parseInt(member(members, "chunkSizeBytes"))),
                    member(members, "keySalt"),
                    member(members, "sealedDataKey"));
        } catch (IllegalArgumentException e) {
            throw new CorruptDatastoreException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static String member(Map<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it does not say its " + name + ".");
        }
        return value;
    }

    /// SHA-256 over one line `name=value` for each member in the order of the file, the checksum itself left out.
    private static String checksum(SequencedMap<String, ?> members) {
        StringBuilder lines = new StringBuilder();
        members.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return HexFormat.of().formatHex(Checksum.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
