package io.diskvault.engine.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.KeyNotRemovedException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.datastore.SealedKey.Kind;
import io.diskvault.engine.key.Argon2Cost;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.storage.Operation;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.storage.PowerLossDirectory.Fate;
import io.diskvault.engine.storage.PowerLossDirectory.PowerLostException;
import io.diskvault.engine.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class DatastoreKeysTest {

    private static final Passphrase OLD = cheap("the old passphrase");
    private static final Passphrase NEW = cheap("the new passphrase");
    private static final Fate NONE = (number, operation) -> {};

    @TempDir
    Path directory;

    private KeyFile keyFile;
    private PowerLossDirectory files;
    private Datastore datastore;

    private static Passphrase cheap(String text) {
        return Passphrase.of(text.toCharArray(), new Argon2Cost(8, 1, 1));
    }

    private static Datastore.Place place(PowerLossDirectory files) {
        return new Datastore.Place(
                Path.of("store"), files, Randomness.secure(), _ -> new EngineLimits(1, StoreLimits.DEFAULT));
    }

    private static Datastore open(PowerLossDirectory files, DatastoreKey key) throws IOException, DatastoreException {
        return Datastore.open(place(files), key);
    }

    private static boolean opens(PowerLossDirectory files, DatastoreKey key) throws IOException, DatastoreException {
        try {
            open(files, key).close();
            return true;
        } catch (WrongKeyException e) {
            return false;
        }
    }

    @BeforeEach
    void createDatastore() throws Exception {
        keyFile = KeyFile.create(directory.resolve("key"));
        files = new PowerLossDirectory();
        datastore = Datastore.create(place(files), ChunkSize.DEFAULT, OLD);
    }

    @Test
    void opensByEachOfItsKeys() throws Exception {
        datastore.keys().add(keyFile, "in the safe");

        assertEquals("in the safe", open(files, keyFile).keys().own().label());
        assertEquals(Kind.PASSPHRASE, open(files, OLD).keys().own().kind());
        assertThrows(WrongKeyException.class, () -> open(files, NEW));
    }

    @Test
    void changesAPassphraseWithoutTouchingAnythingElse() throws Exception {
        List<Operation> before = files.operations();

        SealedKey changed = datastore.keys().change(NEW, "since spring");

        List<Operation> done = files.operations();
        assertTrue(opens(files, NEW));
        assertFalse(opens(files, OLD));
        assertEquals(List.of(changed), datastore.keys().list().keys());
        assertEquals(changed, datastore.keys().own());
        assertTrue(done.size() > before.size());
        for (Operation operation : done.subList(before.size(), done.size())) {
            assertTrue(operation.name().startsWith("keys"), operation.toString());
        }
    }

    @Test
    void removesAKeyOnlyForSomebodyWithAnother() throws Exception {
        SealedKey added = datastore.keys().add(keyFile, "");
        DatastoreKeys ofPassphrase = datastore.keys();

        assertThrows(
                KeyNotRemovedException.class,
                () -> ofPassphrase.remove(ofPassphrase.own().id()));
        assertFalse(ofPassphrase.remove("0123456789abcdef"));
        assertTrue(ofPassphrase.remove(added.id()));
        assertFalse(ofPassphrase.remove(added.id()));
        assertFalse(opens(files, keyFile));
        assertTrue(opens(files, OLD));
    }

    @Test
    void neverLosesTheLastKey_whenTwoRemoveEachOthersAtOnce() throws Exception {
        SealedKey file = datastore.keys().add(keyFile, "");
        DatastoreKeys ofFile = open(files, keyFile).keys();
        DatastoreKeys ofPassphrase = open(files, OLD).keys();
        String passphrase = ofPassphrase.own().id();

        // The other one has looked already, and deletes right after the first has.
        files.delete("keys/" + passphrase + ".key");
        assertTrue(ofPassphrase.remove(file.id()));
        files.syncDirectory("keys");

        assertTrue(opens(files, OLD));
        assertEquals(1, ofFile.list().keys().size());
    }

    @Test
    void hasNoMoreKeysThanCanBeTried() throws Exception {
        for (int number = 1; number < SealedKeys.KEYS_MAX; number++) {
            datastore.keys().add(keyFile, "key " + number);
        }

        assertThrows(IllegalArgumentException.class, () -> datastore.keys().add(NEW, ""));
        assertTrue(opens(files, OLD));
    }

    @Test
    void takesNeitherAShortPassphraseNorAnUnreadableLabel() {
        Passphrase small = cheap("too short");

        assertThrows(IllegalArgumentException.class, () -> datastore.keys().add(small, ""));
        assertThrows(IllegalArgumentException.class, () -> datastore.keys().change(small, ""));
        assertThrows(
                IllegalArgumentException.class,
                () -> Datastore.create(place(new PowerLossDirectory()), ChunkSize.DEFAULT, small));
        for (String label :
                Stream.of("a \"quote\"", "a\nline", "a\\b", "x".repeat(65)).toList()) {
            assertThrows(IllegalArgumentException.class, () -> datastore.keys().add(NEW, label), label);
        }
    }

    /// Cuts the power before each operation in turn; afterwards the old key opens the datastore or the new one does,
    /// and no file is damaged.
    @Test
    void survivesAPowerCutAnywhereInChangingAKey(TestInfo test) throws Exception {
        boolean done = false;
        int states = 0;
        Set<String> seen = new TreeSet<>();
        for (int step = 0; !done; step++) {
            PowerLossDirectory cut = PowerLossDirectory.copyOf(files, PowerLossDirectory.losingPowerBefore(step));
            try {
                open(cut, OLD).keys().change(NEW, "");
                done = true;
            } catch (PowerLostException e) {
                assertFalse(cut.operations().isEmpty());
            }
            for (PowerLossDirectory state : cut.survivors()) {
                states++;
                boolean old = opens(state, OLD);
                boolean changed = opens(state, NEW);
                assertTrue(old || changed, "cut before operation " + step);
                assertTrue(!done || (changed && !old), "done, but only the old one opens it");
                DatastoreKeys keys = open(state, changed ? NEW : OLD).keys();
                assertEquals(List.of(), keys.list().unreadable());
                keys.change(keyFile, "");
                assertTrue(opens(state, keyFile));
                seen.add((old ? "old " : "") + (changed ? "new" : ""));
            }
        }
        assertEquals(Set.of("old ", "old new", "new"), seen);
        System.out.println(test.getDisplayName() + ": " + states + " states");
    }

    @Test
    void keepsTheOldKey_whenAnyCallFails() throws Exception {
        boolean done = false;
        Set<Operation.Kind> hit = EnumSet.noneOf(Operation.Kind.class);
        for (int step = 0; !done; step++) {
            int failing = step;
            PowerLossDirectory faulty = PowerLossDirectory.copyOf(files, (number, operation) -> {
                if (number == failing) {
                    throw new IOException("Input/output error");
                }
            });
            try {
                open(faulty, OLD).keys().change(NEW, "");
                done = true;
            } catch (IOException e) {
                hit.add(faulty.operations().get(step).kind());
            }
            PowerLossDirectory left = PowerLossDirectory.copyOf(faulty, NONE);
            assertTrue(opens(left, OLD) || opens(left, NEW), "failure of operation " + step);
            open(left, opens(left, NEW) ? NEW : OLD).keys().change(keyFile, "");
            assertTrue(opens(left, keyFile));
        }
        assertTrue(hit.containsAll(Set.of(
                Operation.Kind.CREATE,
                Operation.Kind.WRITE,
                Operation.Kind.SYNC,
                Operation.Kind.PUBLISH,
                Operation.Kind.SYNC_DIRECTORY,
                Operation.Kind.DELETE)));
    }
}
