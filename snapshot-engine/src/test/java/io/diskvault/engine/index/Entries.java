package io.diskvault.engine.index;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.Collection;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/// Entries that tests write and look for.
final class Entries {

    private Entries() {}

    /// @param packs how many packs they lie in
    static SortedSet<IndexEntry> random(int count, int packs, long seed) {
        Random random = new Random(seed);
        SortedSet<IndexEntry> entries = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            entries.add(new IndexEntry(id, new ChunkPlace(new PackId(i % packs, 0), 40 + i, 100, 200)));
        }
        return entries;
    }

    static void write(Directory directory, Collection<IndexEntry> entries) throws IOException, DatastoreException {
        FragmentWriter.write(directory, new TreeSet<>(entries), Randomness.secure());
    }

    /// Creates the packs that a directory's fragments name, empty.
    static void createPacks(Directory directory) throws IOException, DatastoreException {
        directory.createDirectory(PackId.DIRECTORY);
        for (PackId pack : index(directory).view().packs()) {
            directory.createDirectory(pack.directory());
            directory.create(pack.file()).close();
        }
    }

    static ChunkIndex index(Directory directory) throws IOException, DatastoreException {
        ChunkIndex index = new ChunkIndex(directory);
        index.refresh();
        return index;
    }

    /// What a strict reader finds in the whole index.
    static SortedSet<IndexEntry> in(Directory directory) throws IOException, DatastoreException {
        SortedSet<IndexEntry> found = new TreeSet<>();
        IndexView view = index(directory).view();
        if (!view.complete()) {
            throw view.damage().getFirst();
        }
        view.forEach((_, id, place) -> found.add(new IndexEntry(id, place)));
        return found;
    }

    /// How many finished fragments there are.
    static int fragments(Directory directory) throws IOException {
        return (int) directory.list(FragmentFormat.DIRECTORY).stream()
                .filter(name -> name.endsWith(FragmentFormat.SUFFIX))
                .count();
    }
}
