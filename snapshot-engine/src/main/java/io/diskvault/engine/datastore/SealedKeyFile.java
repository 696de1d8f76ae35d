package io.diskvault.engine.datastore;

import static io.diskvault.engine.format.JsonFormat.member;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.SealedKey.Kind;
import io.diskvault.engine.format.JsonFormat;
import io.diskvault.engine.key.Argon2Cost;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// What a file in `keys/` says.
///
/// @param cost of a passphrase; empty for a key file, whose secret cannot be guessed
/// @param salt what the sealing key is derived with, besides the secret of the one who opens it; hex
/// @param sealed the data key, bound to everything that the file says before it; hex
record SealedKeyFile(
        SealedKey key, String datastoreId, ChunkSize chunkSize, Optional<Argon2Cost> cost, String salt, String sealed) {

    private static final JsonFormat FORMAT = new JsonFormat("diskvault-sealed-key", 1);
    private static final int ID_BYTES = 8;
    private static final int SALT_BYTES = 16;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SEALED = Pattern.compile("[0-9a-f]{96}");
    private static final Pattern LABEL = Pattern.compile("[^\"\\\\\\p{Cntrl}]{0,64}");
    private static final Map<Kind, String> KINDS = Map.of(Kind.KEY_FILE, "keyFile", Kind.PASSPHRASE, "passphrase");

    /// @throws IllegalArgumentException when the label has something in it that a label has not
    SealedKeyFile {
        require("id", ID, key.id());
        require("label", LABEL, key.label());
        require("salt", SALT, salt);
        require("sealedDataKey", SEALED, sealed);
        if ((key.kind() == Kind.PASSPHRASE) != cost.isPresent()) {
            throw new IllegalArgumentException("a passphrase has a cost, and only a passphrase has one.");
        }
    }

    private static void require(String what, Pattern allowed, String value) {
        if (!allowed.matcher(value).matches()) {
            throw new IllegalArgumentException("its " + what + " must match " + allowed + ".");
        }
    }

    static SealedKeyFile create(
            DatastoreFile datastore, DataKey dataKey, DatastoreKey outer, String label, Randomness randomness)
            throws IOException {
        HexFormat hex = HexFormat.of();
        byte[] salt = randomness.bytes(SALT_BYTES);
        Kind kind = kindOf(outer);
        SealedKeyFile unsealed = new SealedKeyFile(
                new SealedKey(hex.formatHex(randomness.bytes(ID_BYTES)), kind, label),
                datastore.id(),
                datastore.chunkSize(),
                outer instanceof Passphrase passphrase ? Optional.of(passphrase.cost()) : Optional.empty(),
                hex.formatHex(salt),
                hex.formatHex(new byte[DataKey.SEALED_BYTES]));
        byte[] sealed = dataKey.sealed(unsealed.secretOf(outer), salt, unsealed.boundTo());
        return new SealedKeyFile(
                unsealed.key,
                unsealed.datastoreId,
                unsealed.chunkSize,
                unsealed.cost,
                unsealed.salt,
                hex.formatHex(sealed));
    }

    private static Kind kindOf(DatastoreKey key) {
        return switch (key) {
            case KeyFile _ -> Kind.KEY_FILE;
            case Passphrase _ -> Kind.PASSPHRASE;
        };
    }

    boolean belongsTo(DatastoreFile datastore) {
        return datastoreId.equals(datastore.id());
    }

    /// The data key, if this is what the key opens.
    Optional<DataKey> open(DatastoreKey outer) throws IOException {
        if (kindOf(outer) != key.kind()) {
            return Optional.empty();
        }
        HexFormat hex = HexFormat.of();
        try {
            return Optional.of(DataKey.unseal(hex.parseHex(sealed), secretOf(outer), hex.parseHex(salt), boundTo()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private byte[] secretOf(DatastoreKey outer) throws IOException {
        return switch (outer) {
            case KeyFile file -> file.secret();
            case Passphrase passphrase -> passphrase.secret(HexFormat.of().parseHex(salt), cost.orElseThrow());
        };
    }

    private byte[] boundTo() {
        return JsonFormat.lines(before());
    }

    /// All members before the sealed data key.
    private SequencedMap<String, Object> before() {
        SequencedMap<String, Object> members = FORMAT.start();
        members.put("id", key.id());
        members.put("datastore", datastoreId);
        members.put("chunkSizeBytes", chunkSize.bytes());
        members.put("label", key.label());
        members.put("kind", KINDS.get(key.kind()));
        cost.ifPresent(paid -> {
            members.put("memoryKiB", paid.memoryKiB());
            members.put("passes", paid.passes());
            members.put("lanes", paid.lanes());
        });
        members.put("salt", salt);
        return members;
    }

    byte[] encode() {
        SequencedMap<String, Object> members = before();
        members.put("sealedDataKey", sealed);
        return FORMAT.encode(members);
    }

    /// @param file what to call it in messages
    static SealedKeyFile decode(byte[] bytes, String file) throws DatastoreException {
        SequencedMap<String, String> members = FORMAT.decode(bytes, file)
                .orElseThrow(() -> new CorruptDatastoreException(file + " is damaged: it is no sealed key."));
        try {
            Kind kind = kind(member(members, "kind"));
            return new SealedKeyFile(
                    new SealedKey(member(members, "id"), kind, member(members, "label")),
                    member(members, "datastore"),
                    new ChunkSize(number(members, "chunkSizeBytes")),
                    kind == Kind.PASSPHRASE ? Optional.of(cost(members)) : Optional.empty(),
                    member(members, "salt"),
                    member(members, "sealedDataKey"));
        } catch (IllegalArgumentException e) {
            throw new CorruptDatastoreException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Kind kind(String name) {
        return KINDS.entrySet().stream()
                .filter(known -> known.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its kind must be one of " + KINDS.values() + "."));
    }

    private static Argon2Cost cost(SequencedMap<String, String> members) {
        return new Argon2Cost(number(members, "memoryKiB"), number(members, "passes"), number(members, "lanes"));
    }

    private static int number(SequencedMap<String, String> members, String name) {
        return Integer.parseInt(member(members, name));
    }
}
