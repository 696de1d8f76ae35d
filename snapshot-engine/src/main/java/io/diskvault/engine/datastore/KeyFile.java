package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The secret that opens a datastore, as it is kept outside of it: three lines of text. Without it no backup can be
/// restored, so a copy belongs in another place.
public final class KeyFile implements DatastoreKey {

    private static final String NAME = "diskvault-key";
    private static final int VERSION = 1;
    private static final int SECRET_BYTES = 32;
    private static final int CHECKSUM_BYTES = 8;
    private static final int RANDOM_NAME_BYTES = 4;

    /// No key file of any version is longer.
    private static final int FILE_BYTES_MAX = 4096;

    private static final Pattern FIRST_LINE = Pattern.compile(NAME + " (\\d{1,9})");
    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2})*");

    private final byte[] secret;

    private KeyFile(byte[] secret) {
        this.secret = secret;
    }

    /// Makes a new key and writes it to a file that does not exist yet and that only its owner can read.
    public static KeyFile create(Path file) throws IOException {
        return create(file, Randomness.secure());
    }

    static KeyFile create(Path file, Randomness randomness) throws IOException {
        KeyFile key = new KeyFile(randomness.bytes(SECRET_BYTES));
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new IOException(file + " cannot be a key file.");
        }
        Directory directory = new LocalDirectory(parent);
        String name = absolute.getFileName().toString();
        String temporary =
                "." + name + "." + HexFormat.of().formatHex(randomness.bytes(RANDOM_NAME_BYTES)) + ".unfinished";
        byte[] text = key.text().getBytes(StandardCharsets.US_ASCII);
        WholeFile.publish(directory, temporary, name, ByteBuffer.wrap(text));
        directory.syncDirectory("");
        return key;
    }

    private String text() {
        HexFormat hex = HexFormat.of();
        return NAME + " " + VERSION + "\n" + hex.formatHex(secret) + "\n" + hex.formatHex(checksum(secret)) + "\n";
    }

    /// Reads a key file. One that others may read is taken all the same, with a warning in the log: containers are
    /// given their secrets with permissions of their own, and a restore must not fail for it.
    public static KeyFile read(Path file) throws IOException, DatastoreException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw notAKey(file);
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .toList();
        Matcher first = FIRST_LINE.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!first.matches()) {
            throw notAKey(file);
        }
        FileFormat.checkVersion(file.toString(), Long.parseLong(first.group(1)), VERSION);
        if (lines.size() < 3
                || !HEX.matcher(lines.get(1)).matches()
                || !HEX.matcher(lines.get(2)).matches()) {
            throw damaged(file);
        }
        byte[] secret = HexFormat.of().parseHex(lines.get(1));
        byte[] checksum = HexFormat.of().parseHex(lines.get(2));
        if (secret.length != SECRET_BYTES || !Arrays.equals(checksum, checksum(secret))) {
            throw damaged(file);
        }
        SecretFile.warnIfOthersMayRead(file);
        return new KeyFile(secret);
    }

    private static WrongKeyException notAKey(Path file) {
        return new WrongKeyException(file + " is not a key file of Diskvault: its first line is not '" + NAME + " "
                + VERSION + "'. Give a key file that the datastore was created with or that was added to it.");
    }

    private static CorruptDatastoreException damaged(Path file) {
        return new CorruptDatastoreException(
                "The key file " + file + " is damaged: its checksum is wrong. Use another copy of it.");
    }

    /// Says nothing about the secret to one who has not the file anyway.
    private static byte[] checksum(byte[] secret) {
        return Arrays.copyOf(Checksum.sha256(secret), CHECKSUM_BYTES);
    }

    byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return "KeyFile[not shown]";
    }
}
