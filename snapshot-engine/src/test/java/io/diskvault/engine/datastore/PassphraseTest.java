package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.diskvault.engine.key.Argon2Cost;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PassphraseTest {

    private static final byte[] SALT = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    private static Passphrase passphrase(String text) {
        return Passphrase.of(text.toCharArray());
    }

    private static String secret(String text, Argon2Cost cost) throws IOException {
        return HexFormat.of().formatHex(passphrase(text).secret(SALT, cost));
    }

    /// The expected values were computed with the reference implementation in C.
    @Test
    void isStretchedAsTheReferenceDoesIt() throws Exception {
        assertEquals(
                "b1ac7fbbaffb9b77797c573662334c1ac42257ec435f55900d8522dc5d5d9168",
                secret("Zürich grüßt 42", new Argon2Cost(256, 3, 4)));
        assertEquals(
                "4004e35f09bb77d108b4945196b92429abb5989d4750b71f1327a3a60d8d712e",
                secret("Zürich grüßt 42", Argon2Cost.DEFAULT));
    }

    @Test
    void isTheSameHoweverItsAccentsAreWritten() throws Exception {
        Argon2Cost cheap = new Argon2Cost(8, 1, 1);

        assertEquals(secret("caf\u00e9 au lait", cheap), secret("cafe\u0301 au lait", cheap));
        assertFalse(secret("cafe au lait", cheap).equals(secret("caf\u00e9 au lait", cheap)));
        assertFalse(secret("Caf\u00e9 au lait", cheap).equals(secret("caf\u00e9 au lait", cheap)));
        assertFalse(secret("caf\u00e9 au lait ", cheap).equals(secret("caf\u00e9 au lait", cheap)));
    }

    @Test
    void isLongEnoughFromTwelveCharactersOn() {
        assertThrows(
                IllegalArgumentException.class, () -> passphrase("x".repeat(11)).requireLongEnough());
        assertDoesNotThrow(() -> passphrase("x".repeat(12)).requireLongEnough());
        // Eleven characters of two chars each.
        assertThrows(
                IllegalArgumentException.class,
                () -> passphrase("\uD83D\uDD11".repeat(11)).requireLongEnough());
        assertThrows(
                IllegalArgumentException.class,
                () -> passphrase("e\u0301".repeat(11)).requireLongEnough(),
                "an accent is no character of its own");
    }

    @Test
    void refusesWhatIsNoPassphrase() {
        assertThrows(IllegalArgumentException.class, () -> passphrase(""));
        assertThrows(IllegalArgumentException.class, () -> passphrase("x".repeat(1025)));
        assertThrows(IllegalArgumentException.class, () -> passphrase("two lines\nof text"));
        assertThrows(IllegalArgumentException.class, () -> passphrase("half a character \uD83D"));
    }

    @Test
    void leavesTheCallersTextAloneAndDoesNotKeepIt() throws Exception {
        char[] text = "correct horse battery".toCharArray();
        Passphrase passphrase = Passphrase.of(text);
        assertArrayEquals("correct horse battery".toCharArray(), text);

        text[0] = 'x';

        Argon2Cost cheap = new Argon2Cost(8, 1, 1);
        assertEquals(secret("correct horse battery", cheap), HexFormat.of().formatHex(passphrase.secret(SALT, cheap)));
    }

    @Test
    void isNeverShown() {
        assertEquals(
                "Passphrase[not shown]", passphrase("correct horse battery").toString());
    }

    @Test
    void costsOnlyWhatIsWithinBounds() {
        assertEquals(new Argon2Cost(64 << 10, 3, 1), Argon2Cost.DEFAULT);
        int[][] bad = {
            {0, 3, 1},
            {7, 3, 1},
            {31, 3, 4},
            {(1 << 20) + 1, 3, 1},
            {1024, 0, 1},
            {1024, 17, 1},
            {1024, 3, 0},
            {1024, 3, 17}
        };
        for (int[] cost : bad) {
            assertThrows(IllegalArgumentException.class, () -> new Argon2Cost(cost[0], cost[1], cost[2]));
        }
    }
}
