package io.diskvault.engine.datastore;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.KeyNotRemovedException;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import java.io.IOException;

/// The keys of a datastore that is open: which ones there are, and how they change. The data is never touched: what
/// changes is how its key is sealed.
///
/// There is always a key that opens the datastore, whatever else changes keys at the same time and wherever the
/// power is cut: a new key is durable before an old one goes, nobody removes the key that they opened the datastore
/// with except for another one that they have, and after each removal that key is looked for, and put back if it is
/// gone.
///
/// Removing a key locks out whoever has nothing but that key and comes later. It does not lock out somebody who
/// made a copy of the datastore while the key was there, nor one who has opened it: against those only a new
/// datastore helps.
public final class DatastoreKeys {

    private final SealedKeys keys;
    private final DatastoreFile datastore;
    private final DataKey dataKey;
    private final Randomness randomness;
    private SealedKeyFile own;

    DatastoreKeys(SealedKeys keys, DatastoreFile datastore, SealedKeys.Opened opened, Randomness randomness) {
        this.keys = keys;
        this.datastore = datastore;
        this.dataKey = opened.dataKey();
        this.own = opened.with();
        this.randomness = randomness;
    }

    public KeyListing list() throws IOException {
        return keys.find(datastore).listing();
    }

    /// The one that this datastore was opened with.
    public synchronized SealedKey own() {
        return own.key();
    }

    /// Lets another key open the datastore, too.
    ///
    /// @param label what to call it; up to 64 characters, no quotes or backslashes; may be empty
    /// @throws IllegalArgumentException when the label is none, the passphrase too short, or there are too many
    ///     keys
    public synchronized SealedKey add(DatastoreKey key, String label) throws IOException {
        if (keys.find(datastore).keys().size() >= SealedKeys.KEYS_MAX) {
            throw new IllegalArgumentException(
                    "The datastore has " + SealedKeys.KEYS_MAX + " keys already. Remove one that is not needed.");
        }
        return sealed(key, label).key();
    }

    /// Lets another key open the datastore instead of the one that it was opened with.
    ///
    /// @param label as with [#add(DatastoreKey, String)]
    public synchronized SealedKey change(DatastoreKey key, String label) throws IOException {
        SealedKeyFile old = own;
        own = sealed(key, label);
        removeDurably(old.key().id());
        return own.key();
    }

    private SealedKeyFile sealed(DatastoreKey key, String label) throws IOException {
        requireLongEnough(key);
        SealedKeyFile sealed = SealedKeyFile.create(datastore, dataKey, key, label, randomness);
        keys.publish(sealed);
        return sealed;
    }

    static void requireLongEnough(DatastoreKey key) {
        if (key instanceof Passphrase passphrase) {
            passphrase.requireLongEnough();
        }
    }

    /// Lets a key no longer open the datastore; also one that is damaged.
    ///
    /// @return whether it was there
    /// @throws KeyNotRemovedException when it is the one that the datastore was opened with, and so possibly the
    ///     last that anybody has
    public synchronized boolean remove(String id) throws IOException, DatastoreException {
        if (id.equals(own.key().id())) {
            throw new KeyNotRemovedException("The key " + id + " is the one that the datastore was opened with. Open it"
                    + " with another key to remove this one, which shows that there is another way in.");
        }
        return keys.exists(id) && removeDurably(id);
    }

    private boolean removeDurably(String id) throws IOException {
        boolean removed = keys.remove(id);
        if (!keys.exists(own.key().id())) {
            // Somebody with that other key has removed this one meanwhile. Of all who remove keys, the last one finds
            // its own missing, or it is there: so the datastore never ends up without any.
            keys.publish(own);
        }
        return removed;
    }
}
