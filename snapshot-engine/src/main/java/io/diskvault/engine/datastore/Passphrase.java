package io.diskvault.engine.datastore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.key.Argon2;
import io.diskvault.engine.key.Argon2Cost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.regex.Pattern;

/// A secret that somebody remembers, and that opens a datastore. Never shown, never logged, never written.
///
/// What counts is its text in Unicode's composed form (NFC) as UTF-8: keyboards and systems differ in how they write
/// an `é`, and the same passphrase must open the datastore from all of them. Spaces and case count.
public final class Passphrase implements DatastoreKey {

    /// How many characters a new passphrase has at least. Who has a copy of the datastore can guess as long as they
    /// like; at what a guess costs, even twelve small letters are beyond that if they were thrown with dice, and
    /// eight would not be. Nothing can tell whether they were: a few words that have nothing to do with each other
    /// are best.
    public static final int CHARACTERS_MIN = 12;

    /// More is a mistake, such as a file that was no passphrase.
    public static final int CHARACTERS_MAX = 1024;

    private static final int FILE_BYTES_MAX = 4 * CHARACTERS_MAX;
    private static final Pattern LINE_BREAK = Pattern.compile("\\r?\\n\\z");

    private final byte[] utf8;
    private final int characters;
    private final Argon2Cost cost;

    private Passphrase(byte[] utf8, int characters, Argon2Cost cost) {
        this.utf8 = utf8;
        this.characters = characters;
        this.cost = cost;
    }

    /// @param text is not kept, and not cleared
    /// @throws IllegalArgumentException when it is empty, too long or no text
    public static Passphrase of(char[] text) {
        return of(text, Argon2Cost.DEFAULT);
    }

    static Passphrase of(char[] text, Argon2Cost cost) {
        if (text.length == 0) {
            throw new IllegalArgumentException("The passphrase is empty.");
        }
        if (text.length > CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "The passphrase is longer than " + CHARACTERS_MAX + " characters. Is it the right file?");
        }
        String composed = Normalizer.normalize(CharBuffer.wrap(text), Normalizer.Form.NFC);
        if (composed.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The passphrase has a line break or another control character in it.");
        }
        if (composed.codePoints().anyMatch(Passphrase::isSurrogate)) {
            throw new IllegalArgumentException("The passphrase is no valid text.");
        }
        return new Passphrase(
                composed.getBytes(StandardCharsets.UTF_8), composed.codePointCount(0, composed.length()), cost);
    }

    /// Reads a passphrase from a file that has nothing else in it; a line break at the end is not part of it.
    ///
    /// @throws WrongKeyException when the file holds no passphrase
    public static Passphrase read(Path file) throws IOException, DatastoreException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(FILE_BYTES_MAX + 1);
        }
        SecretFile.warnIfOthersMayRead(file);
        if (content.length > FILE_BYTES_MAX) {
            throw new WrongKeyException(file + " is too long for a passphrase. Is it the right file?");
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return of(LINE_BREAK.matcher(text).replaceFirst("").toCharArray());
        } catch (CharacterCodingException e) {
            throw new WrongKeyException(file + " holds no passphrase: it is no text in UTF-8.");
        } catch (IllegalArgumentException e) {
            throw new WrongKeyException(file + " holds no passphrase. " + e.getMessage());
        }
    }

    private static boolean isSurrogate(int character) {
        return Character.getType(character) == Character.SURROGATE;
    }

    /// Checked before a passphrase is given to a datastore, and not when it is used.
    ///
    /// @throws IllegalArgumentException when it is too short to protect anything
    public void requireLongEnough() {
        if (characters < CHARACTERS_MIN) {
            throw new IllegalArgumentException("A passphrase must have at least " + CHARACTERS_MIN
                    + " characters: who copies the datastore can guess without end. Five or six words that have nothing"
                    + " to do with each other are easy to keep and hard to guess.");
        }
    }

    /// What a new slot for this passphrase is to cost; opening an existing one costs what that says.
    Argon2Cost cost() {
        return cost;
    }

    byte[] secret(byte[] salt, Argon2Cost slotCost) throws IOException {
        return Argon2.secret(utf8, salt, slotCost);
    }

    @Override
    public String toString() {
        return "Passphrase[not shown]";
    }
}
