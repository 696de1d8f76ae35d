package io.diskvault.engine.format;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// A kind of small text file, for things that people may want to look at, and the one version of it that this program
/// writes and reads: a flat JSON object that starts with its kind and version and ends with a checksum.
///
/// @param name what the member `format` says
/// @param version counted from 1
public record JsonFormat(String name, int version) {

    /// No such file of any version is longer.
    public static final int BYTES_MAX = 64 << 10;

    private static final String FORMAT = "format";
    private static final String VERSION = "version";
    private static final String CHECKSUM = "checksum";

    /// The members that a file starts with.
    public SequencedMap<String, Object> start() {
        LinkedHashMap<String, Object> members = new LinkedHashMap<>();
        members.put(FORMAT, name);
        members.put(VERSION, version);
        return members;
    }

    /// @param members those of [#start()], and after them what the file is about: text without quotes, backslashes
    ///     and control characters, or whole numbers
    public byte[] encode(SequencedMap<String, Object> members) {
        LinkedHashMap<String, Object> all = new LinkedHashMap<>(members);
        all.put(CHECKSUM, HexFormat.of().formatHex(Checksum.sha256(lines(members))));
        return FlatJson.write(all).getBytes(StandardCharsets.UTF_8);
    }

    /// One line `name=value` for each member: what checksums and seals are over, however the file is spaced.
    public static byte[] lines(SequencedMap<String, ?> members) {
        StringBuilder lines = new StringBuilder();
        members.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The members in the order of the file, without the checksum; empty when the file is of another kind.
    ///
    /// @param file what to call it in messages
    public Optional<SequencedMap<String, String>> decode(byte[] bytes, String file) throws DatastoreException {
        SequencedMap<String, String> members = FlatJson.read(new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new CorruptDatastoreException(file + " is damaged: it cannot be read as JSON."));
        String checksum = members.remove(CHECKSUM);
        if (checksum == null && !name.equals(members.get(FORMAT))) {
            return Optional.empty();
        }
        // Looked at before the version, so that damage there is not taken for another version.
        if (!HexFormat.of().formatHex(Checksum.sha256(lines(members))).equals(checksum)) {
            throw new CorruptDatastoreException(
                    file + " is damaged: its checksum is wrong. Copy it back from another copy of the datastore.");
        }
        if (!name.equals(members.get(FORMAT))) {
            return Optional.empty();
        }
        try {
            FileFormat.checkVersion(file, Long.parseLong(member(members, VERSION)), version);
        } catch (IllegalArgumentException e) {
            throw new CorruptDatastoreException(file + " is damaged: " + e.getMessage(), e);
        }
        return Optional.of(members);
    }

    /// @throws IllegalArgumentException when the file does not say it
    public static String member(SequencedMap<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it does not say its " + name + ".");
        }
        return value;
    }
}
