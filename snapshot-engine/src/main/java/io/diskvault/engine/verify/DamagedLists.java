package io.diskvault.engine.verify;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.WholeFile;
import io.diskvault.engine.store.UnusablePlaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lists of damaged places that verifications leave for those who come later. Writers rely on no place in them,
/// readers try it last. A list never changes; it is named after its content, so writing one twice is harmless.
public final class DamagedLists {

    static final String DIRECTORY = "damaged";
    static final String SUFFIX = ".damaged";

    private static final Logger LOG = LoggerFactory.getLogger(DamagedLists.class);

    private static final int NAME_BYTES = 16;

    /// Enough for three million places; a list that is longer was not written by any verification.
    private static final int BYTES_MAX = 64 << 20;

    /// More verifications than this during one reading mean that something else is wrong.
    private static final int ATTEMPTS_MAX = 10;

    private final Directory directory;

    public DamagedLists(Directory directory) {
        this.directory = directory;
    }

    /// What all lists say.
    ///
    /// @param byFile the places of each list that can be read, by its file name
    /// @param unreadable what is wrong with each of the others, by its file name
    /// @param misplaced the file names of readable lists that have the name of another one
    record Found(
            Map<String, SortedSet<DamagedPlace>> byFile,
            Map<String, DatastoreException> unreadable,
            Set<String> misplaced) {

        SortedSet<DamagedPlace> places() {
            return byFile.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// All places that are known to be damaged. A list that is itself damaged is left out: then a damaged chunk may
    /// be relied on once more, which the next verification finds again.
    public UnusablePlaces places() throws IOException {
        UnusablePlaces places = new UnusablePlaces(directory);
        Found found = read();
        found.unreadable.values().forEach(problem -> LOG.warn("Not heeded: {}", problem.getMessage()));
        for (DamagedPlace place : found.places()) {
            if (place.offset() == DamagedPlace.WHOLE_PACK) {
                places.addPack(place.pack());
            } else {
                places.addPlace(place.pack(), place.offset());
            }
        }
        return places;
    }

    Found read() throws IOException {
        Set<String> names = names();
        for (int attempt = 1; ; attempt++) {
            try {
                Found found = read(names);
                // A verification that ends meanwhile publishes a list and then removes older ones. A listing that
                // overlaps with that may show neither.
                Set<String> again = names();
                if (again.equals(names)) {
                    return found;
                }
                names = again;
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
                names = names();
            }
        }
    }

    private Set<String> names() throws IOException {
        return directory.list(DIRECTORY).stream()
                .filter(name -> name.endsWith(SUFFIX))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Found read(Set<String> names) throws IOException {
        Found found = new Found(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
        for (String name : names) {
            String path = DIRECTORY + "/" + name;
            try (InputFile file = directory.open(path)) {
                if (file.sizeBytes() > BYTES_MAX) {
                    throw new CorruptDatastoreException(path + " is damaged: it is too long for what it is.");
                }
                byte[] content = file.readAll(BYTES_MAX);
                found.byFile.put(name, DamagedFile.decode(content, path));
                if (!name.equals(nameFor(content))) {
                    found.misplaced.add(name);
                }
            } catch (DatastoreException e) {
                found.unreadable.put(name, e);
            }
        }
        return found;
    }

    private static String nameFor(byte[] content) {
        return HexFormat.of().formatHex(Checksum.sha256(content), 0, NAME_BYTES) + SUFFIX;
    }

    /// Puts one list, made durable, in place of older ones, which go only afterwards.
    ///
    /// @param places what is damaged now; for nothing no list is written
    /// @param older what was found before and says nothing any more that the new list does not say
    /// @param writer a name that no other writer uses at the same time, for the temporary file
    void replace(SortedSet<DamagedPlace> places, Found older, String writer) throws IOException {
        Set<String> obsolete = new TreeSet<>(older.byFile.keySet());
        obsolete.addAll(older.unreadable.keySet());
        if (!places.isEmpty()) {
            byte[] content = DamagedFile.encode(places);
            String name = nameFor(content);
            if (!older.byFile.containsKey(name) || older.misplaced.contains(name)) {
                publish(name, content, obsolete.contains(name), writer);
            }
            obsolete.remove(name);
        }
        boolean removed = false;
        for (String old : obsolete) {
            removed |= directory.delete(DIRECTORY + "/" + old);
        }
        if (removed) {
            directory.syncDirectory(DIRECTORY);
        }
    }

    private void publish(String name, byte[] content, boolean overDamaged, String writer) throws IOException {
        String temporary = DIRECTORY + "/" + writer + ".unfinished";
        directory.createDirectory(DIRECTORY);
        if (overDamaged) {
            // The name is that of the content, so what has the name now is a damaged copy of the very same list.
            directory.delete(DIRECTORY + "/" + name);
        }
        try {
            WholeFile.publish(directory, temporary, DIRECTORY + "/" + name, ByteBuffer.wrap(content));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another verification wrote the same list: {}", e.getMessage());
        }
        directory.syncDirectory(DIRECTORY);
        directory.syncDirectory("");
    }
}
