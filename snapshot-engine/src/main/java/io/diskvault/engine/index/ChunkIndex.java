package io.diskvault.engine.index;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All fragments of a datastore as one index. Thread-safe.
public final class ChunkIndex {

    /// More merges than this during one listing mean that something else is wrong.
    private static final int ATTEMPTS_MAX = 10;

    private final Directory directory;
    private volatile Fragments fragments = new Fragments(Map.of(), List.of());

    /// @param inOrder the largest first, because most chunks are there
    private record Fragments(Map<String, IndexFragment> byName, List<IndexFragment> inOrder) {}

    public ChunkIndex(Directory directory) {
        this.directory = directory;
    }

    /// Takes in what was added or taken away since, by this process or another. Look-ups go on meanwhile.
    ///
    /// Whoever follows a recovery point must have read the point before: then the index that is read now knows all
    /// its
    /// chunks.
    public synchronized void refresh() throws IOException, DatastoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                fragments = read();
                return;
            } catch (NoSuchFileException e) {
                // Merged into another one since it was listed. A merge publishes the other one first, so list again.
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private Fragments read() throws IOException, DatastoreException {
        Map<String, IndexFragment> byName = new HashMap<>();
        for (String name : directory.list(FragmentFormat.DIRECTORY)) {
            if (name.endsWith(FragmentFormat.SUFFIX)) {
                IndexFragment known = fragments.byName.get(name);
                byName.put(name, known == null ? IndexFragment.open(directory, name) : known);
            }
        }
        List<IndexFragment> inOrder = new ArrayList<>(byName.values());
        inOrder.sort(Comparator.comparingLong(IndexFragment::entryCount).reversed());
        return new Fragments(Map.copyOf(byName), List.copyOf(inOrder));
    }

    /// All places where a chunk lies; empty when it lies nowhere.
    public List<ChunkPlace> places(ChunkId id) throws DatastoreException {
        List<ChunkPlace> places = new ArrayList<>(1);
        for (IndexFragment fragment : fragments.inOrder) {
            fragment.addPlaces(id, places);
        }
        return places;
    }
}
