package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.ForgedJson.forge;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.FormatTooOldException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.key.Argon2Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What opening makes of the files in `keys/`, whole, damaged and forged.
class SealedKeysTest {

    private static final Passphrase PASSPHRASE =
            Passphrase.of("correct horse battery".toCharArray(), new Argon2Cost(8, 1, 1));

    @TempDir
    Path directory;

    private Workbench bench;
    private Path keys;
    private Path ofKeyFile;
    private Path ofPassphrase;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = Workbench.in(directory);
        keys = bench.datastore().directory().resolve("keys");
        DatastoreKeys changes = bench.datastore().keys();
        ofKeyFile = keys.resolve(changes.own().id() + ".key");
        ofPassphrase = keys.resolve(changes.add(PASSPHRASE, "known by heart").id() + ".key");
    }

    private void open(DatastoreKey key) throws IOException, DatastoreException {
        Datastore.open(bench.datastore().directory(), key).close();
    }

    @Test
    void aWrongKeyIsRefusedByItsOwnError() throws Exception {
        KeyFile other = KeyFile.create(directory.resolve("other"));
        Passphrase wrong = Passphrase.of("Correct horse battery".toCharArray());

        assertThrows(WrongKeyException.class, () -> open(other));
        assertThrows(WrongKeyException.class, () -> open(wrong));
        Files.delete(ofPassphrase);
        WrongKeyException none = assertThrows(WrongKeyException.class, () -> open(PASSPHRASE));
        assertTrue(none.getMessage().contains("It has none"), none.getMessage());
    }

    @Test
    void aWrongKeyIsRefusedBeforeAnythingElseIsRead() throws Exception {
        KeyFile other = KeyFile.create(directory.resolve("other"));
        Files.writeString(
                Files.createDirectory(bench.datastore().directory().resolve("index"))
                        .resolve("x.idx"),
                "x");

        assertThrows(WrongKeyException.class, () -> open(other));
    }

    @Test
    void aDamagedKeyIsAnotherErrorAndDoesNotHideTheOthers() throws Exception {
        String text = Files.readString(ofKeyFile);
        Files.writeString(ofKeyFile, text.replace("\"salt\": \"", "\"salt\": \"0"));

        CorruptDatastoreException damaged = assertThrows(CorruptDatastoreException.class, () -> open(bench.key()));
        assertTrue(damaged.getMessage().contains(ofKeyFile.toString()), damaged.getMessage());
        open(PASSPHRASE);
        KeyListing listing = Datastore.keys(bench.datastore().directory());
        assertEquals("known by heart", listing.keys().getFirst().label());
        assertEquals(1, listing.keys().size());
        assertEquals(1, listing.unreadable().size());
    }

    @Test
    void everyBitOfAKeyCounts() throws Exception {
        byte[] whole = Files.readAllBytes(ofKeyFile);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(ofKeyFile, flipped);
            String place = "bit " + bit;
            try {
                open(bench.key());
                // Space may be another kind of space.
                assertTrue(Character.isWhitespace(whole[bit / 8]), place);
            } catch (CorruptDatastoreException expected) {
                assertTrue(
                        expected.getMessage().contains(ofKeyFile.getFileName().toString()), place);
            }
        }
    }

    @Test
    void tellsOldAndNewVersionsApart() throws Exception {
        forge(ofKeyFile, "\"version\": 1", "\"version\": 2");
        KeyListing newer = Datastore.keys(bench.datastore().directory());
        assertEquals(FormatTooNewException.class, newer.unreadable().getFirst().getClass());
        assertThrows(CorruptDatastoreException.class, () -> open(bench.key()));
        open(PASSPHRASE);

        forge(ofKeyFile, "\"version\": 2", "\"version\": 0");
        KeyListing older = Datastore.keys(bench.datastore().directory());
        assertEquals(FormatTooOldException.class, older.unreadable().getFirst().getClass());
    }

    @Test
    void aForgedCostIsRefusedBeforeItIsPaid() throws Exception {
        String whole = Files.readString(ofPassphrase);
        for (String cost : new String[] {
            "\"memoryKiB\": 1073741824", "\"memoryKiB\": 1048577", "\"memoryKiB\": 0", "\"memoryKiB\": 99999999999"
        }) {
            forge(ofPassphrase, "\"memoryKiB\": 8", cost);
            assertThrows(CorruptDatastoreException.class, () -> open(PASSPHRASE), cost);
            Files.writeString(ofPassphrase, whole);
        }
        forge(ofPassphrase, "\"passes\": 1", "\"passes\": 1000000");
        assertThrows(CorruptDatastoreException.class, () -> open(PASSPHRASE));
    }

    @Test
    void whatAFileSaysCannotBeChanged_evenWithTheRightChecksum() throws Exception {
        String whole = Files.readString(ofPassphrase);
        forge(ofPassphrase, "known by heart", "remove this one");
        assertThrows(WrongKeyException.class, () -> open(PASSPHRASE));
        Files.writeString(ofPassphrase, whole);
        forge(ofPassphrase, "\"passes\": 1", "\"passes\": 2");
        assertThrows(WrongKeyException.class, () -> open(PASSPHRASE));
        Files.writeString(ofPassphrase, whole);
        forge(ofPassphrase, "\"chunkSizeBytes\": 65536", "\"chunkSizeBytes\": 131072");
        assertThrows(WrongKeyException.class, () -> open(PASSPHRASE));
    }

    @Test
    void anotherChunkSizeOfTheDatastoreIsNoticed() throws Exception {
        forge(
                bench.datastore().directory().resolve("datastore.json"),
                "\"chunkSizeBytes\": 65536",
                "\"chunkSizeBytes\": 131072");

        assertThrows(CorruptDatastoreException.class, () -> open(bench.key()));
    }

    @Test
    void aKeyUnderAnotherNameIsNamed() throws Exception {
        Files.move(ofKeyFile, keys.resolve("0123456789abcdef.key"));

        CorruptDatastoreException moved = assertThrows(CorruptDatastoreException.class, () -> open(bench.key()));

        assertTrue(moved.getMessage().contains("Rename it to " + ofKeyFile.getFileName()), moved.getMessage());
    }

    @Test
    void saysWhenAllKeysAreGone() throws Exception {
        Files.delete(ofKeyFile);
        Files.delete(ofPassphrase);

        CorruptDatastoreException gone = assertThrows(CorruptDatastoreException.class, () -> open(bench.key()));

        assertTrue(gone.getMessage().contains("holds no key of this datastore"), gone.getMessage());
    }

    @Test
    void keysOfAnotherDatastoreAreNobodysHere() throws Exception {
        Path other = directory.resolve("other-store");
        Datastore datastore = Datastore.create(other, ChunkSize.DEFAULT, PASSPHRASE);
        String foreign = datastore.keys().own().id() + ".key";
        Files.copy(other.resolve("keys").resolve(foreign), keys.resolve(foreign));

        assertEquals(2, Datastore.keys(bench.datastore().directory()).keys().size());
        open(bench.key());
    }

    @Test
    void refusesToTryForEver() throws Exception {
        for (int number = 0; number < 40; number++) {
            String id = "%016x".formatted(number);
            Path copy = Files.copy(ofPassphrase, keys.resolve(id + ".key"));
            forge(copy, ofPassphrase.getFileName().toString().substring(0, 16), id);
        }

        assertThrows(CorruptDatastoreException.class, () -> open(PASSPHRASE));
    }
}
