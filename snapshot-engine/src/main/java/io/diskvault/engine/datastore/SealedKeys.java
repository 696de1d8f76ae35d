package io.diskvault.engine.datastore;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.format.JsonFormat;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files in `keys/`: each written once, each enough to open the datastore.
final class SealedKeys {

    /// Many more than people have, few enough to try them all.
    static final int KEYS_MAX = 32;

    static final String DIRECTORY = "keys";

    private static final Logger LOG = LoggerFactory.getLogger(SealedKeys.class);
    static final String SUFFIX = ".key";
    private static final String UNFINISHED = ".unfinished";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}\\.key");
    private static final Pattern LEFT_OVER = Pattern.compile("[0-9a-f]{16}\\.key(\\.unfinished)?");

    private final Directory directory;
    private final Path where;

    /// @param where what to call the datastore in messages
    SealedKeys(Directory directory, Path where) {
        this.directory = directory;
        this.where = where;
    }

    /// What was found.
    record Found(List<SealedKeyFile> keys, List<DatastoreException> unreadable) {

        KeyListing listing() {
            return new KeyListing(keys.stream().map(SealedKeyFile::key).toList(), unreadable);
        }
    }

    /// A key that opened the datastore, and what it opened.
    record Opened(SealedKeyFile with, DataKey dataKey) {}

    /// The keys of a datastore, by id. What a creation that was cut off left behind belongs to no datastore, and is
    /// not among them.
    Found find(DatastoreFile datastore) throws IOException {
        List<SealedKeyFile> keys = new ArrayList<>();
        List<DatastoreException> unreadable = new ArrayList<>();
        for (String name : names()) {
            try {
                read(name).filter(key -> key.belongsTo(datastore)).ifPresent(keys::add);
            } catch (DatastoreException damaged) {
                unreadable.add(damaged);
            }
        }
        return new Found(keys, unreadable);
    }

    private List<String> names() throws IOException {
        return directory.list(DIRECTORY).stream()
                .filter(name -> NAME.matcher(name).matches())
                .sorted()
                .toList();
    }

    private Optional<SealedKeyFile> read(String name) throws IOException, DatastoreException {
        String path = DIRECTORY + "/" + name;
        String shown = where + "/" + path;
        try (InputFile file = directory.open(path)) {
            if (file.sizeBytes() > JsonFormat.BYTES_MAX) {
                throw new CorruptDatastoreException(shown + " is damaged: it is too long for a sealed key.");
            }
            SealedKeyFile key = SealedKeyFile.decode(file.readAll(JsonFormat.BYTES_MAX), shown);
            if (!name.equals(key.key().id() + SUFFIX)) {
                throw new CorruptDatastoreException(shown + " is in the wrong place: it is the key "
                        + key.key().id() + ". Rename it to " + key.key().id() + SUFFIX + ".");
            }
            return Optional.of(key);
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    /// Opens the datastore with a key.
    ///
    /// @throws WrongKeyException when all keys are whole and none of them is this one
    /// @throws CorruptDatastoreException when none of those that can be read is this one
    Opened open(DatastoreFile datastore, DatastoreKey key) throws IOException, DatastoreException {
        Found found = find(datastore);
        requireFew(found);
        for (SealedKeyFile file : found.keys) {
            Optional<DataKey> dataKey = file.open(key);
            if (dataKey.isPresent()) {
                requireSameChunkSize(datastore, file);
                found.unreadable.forEach(
                        damaged -> LOG.warn("{} The datastore was opened with another key.", damaged.getMessage()));
                return new Opened(file, dataKey.get());
            }
        }
        throw refusal(datastore, key, found);
    }

    /// Of a forged datastore with thousands of passphrases each could take seconds.
    private void requireFew(Found found) throws CorruptDatastoreException {
        if (found.keys.size() > KEYS_MAX) {
            throw new CorruptDatastoreException(where + "/" + DIRECTORY + " holds " + found.keys.size()
                    + " keys; there are never more than " + KEYS_MAX + ". Remove those that you did not add.");
        }
    }

    /// What a sealed key says cannot have been changed by anybody without the key; `datastore.json` can.
    private void requireSameChunkSize(DatastoreFile datastore, SealedKeyFile key) throws CorruptDatastoreException {
        if (!key.chunkSize().equals(datastore.chunkSize())) {
            throw new CorruptDatastoreException(where + "/" + DatastoreFile.NAME + " says that chunks have "
                    + datastore.chunkSize() + ", but they have " + key.chunkSize()
                    + ". Copy it back from another copy of the datastore.");
        }
    }

    private DatastoreException refusal(DatastoreFile datastore, DatastoreKey key, Found found) {
        if (!found.unreadable.isEmpty()) {
            DatastoreException damaged = found.unreadable.getFirst();
            return new CorruptDatastoreException(
                    damaged.getMessage() + " What was given opens no other key of this datastore.", damaged);
        }
        if (found.keys.isEmpty()) {
            return new CorruptDatastoreException(where + "/" + DIRECTORY + " holds no key of this datastore ("
                    + datastore.id() + "). Copy it back from another copy of the datastore.");
        }
        return new WrongKeyException(
                switch (key) {
                    case KeyFile _ ->
                        "The key file does not open the datastore " + where + " (" + datastore.id()
                                + "). Give one that was made with or added to it" + orAPassphrase(found) + ".";
                    case Passphrase _ ->
                        "The passphrase does not open the datastore " + where + " (" + datastore.id() + ")."
                                + (has(found, SealedKey.Kind.PASSPHRASE)
                                        ? " Case and spaces count."
                                        : " It has none: it is opened by a key file.");
                });
    }

    private static String orAPassphrase(Found found) {
        return has(found, SealedKey.Kind.PASSPHRASE) ? ", or a passphrase" : "";
    }

    private static boolean has(Found found, SealedKey.Kind kind) {
        return found.keys.stream().anyMatch(file -> file.key().kind() == kind);
    }

    /// Makes a key durable.
    void publish(SealedKeyFile key) throws IOException {
        String name = DIRECTORY + "/" + key.key().id() + SUFFIX;
        WholeFile.publish(directory, name + UNFINISHED, name, ByteBuffer.wrap(key.encode()));
        directory.syncDirectory(DIRECTORY);
    }

    /// Removes a key for good. Answers whether it was there.
    boolean remove(String id) throws IOException {
        boolean removed = directory.delete(DIRECTORY + "/" + id + SUFFIX);
        directory.syncDirectory(DIRECTORY);
        return removed;
    }

    boolean exists(String id) throws IOException {
        return directory.exists(DIRECTORY + "/" + id + SUFFIX);
    }

    /// Makes room for the first key of a datastore that is being made.
    void prepare() throws IOException {
        directory.createDirectory(DIRECTORY);
        directory.syncDirectory("");
    }

    /// Whether there is nothing in the place for keys but what a creation that was cut off may have left.
    boolean isUnused() throws IOException {
        return directory.list(DIRECTORY).stream()
                .allMatch(name -> LEFT_OVER.matcher(name).matches());
    }
}
