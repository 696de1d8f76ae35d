package io.diskvault.engine.index;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.work.StageProgress;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All fragments of a datastore as one index. Thread-safe.
///
/// A damaged fragment does not stop those who look chunks up: its readable pages and the other fragments are used.
/// A reader then misses at worst chunks that it cannot find, and says so when it comes to them; a writer stores a
/// chunk again that it does not find. Whoever deletes something must ask [IndexView#complete()] first.
public final class ChunkIndex {

    private static final Logger LOG = LoggerFactory.getLogger(ChunkIndex.class);

    /// More merges than this during one listing mean that something else is wrong.
    private static final int ATTEMPTS_MAX = 10;

    private final Directory directory;
    private final String datastore;

    /// Only for [#refresh()], which runs once at a time.
    private Map<String, IndexFragment> known = Map.of();

    private volatile IndexView view = new IndexView(List.of(), List.of());

    public ChunkIndex(Directory directory) {
        this(directory, "DIR");
    }

    /// @param datastore where the datastore lies, for messages
    public ChunkIndex(Directory directory, String datastore) {
        this.directory = directory;
        this.datastore = datastore;
    }

    /// Takes in what was added or taken away since, by this process or another. Look-ups go on meanwhile.
    ///
    /// Whoever follows a recovery point must have read the point before: then the index that is read now knows all
    /// its chunks.
    ///
    /// @throws DatastoreException when a fragment was written by another version of the program
    public void refresh() throws IOException, DatastoreException {
        refresh(IndexFragment::open);
    }

    /// The same for those who look for damage: a fragment that the storage cannot read counts as damaged, and is tried
    /// again by the next refresh. For others that is an error: trying again is better than doing without.
    public void refreshReadable() throws IOException, DatastoreException {
        refresh((files, name) -> {
            try {
                return IndexFragment.open(files, name);
            } catch (NoSuchFileException e) {
                throw e;
            } catch (IOException e) {
                throw new CorruptDatastoreException(
                        FragmentFormat.DIRECTORY + "/" + name + " cannot be read: " + e.getMessage(), e);
            }
        });
    }

    @FunctionalInterface
    private interface Opener {
        IndexFragment open(Directory directory, String name) throws IOException, DatastoreException;
    }

    private synchronized void refresh(Opener opener) throws IOException, DatastoreException {
        for (int attempt = 1; ; attempt++) {
            try {
                read(opener);
                return;
            } catch (NoSuchFileException e) {
                // Merged into another one since it was listed. A merge publishes the other one first, so list again.
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private void read(Opener opener) throws IOException, DatastoreException {
        Map<String, IndexFragment> byName = new HashMap<>();
        List<CorruptDatastoreException> unreadable = new ArrayList<>();
        for (String name : directory.list(FragmentFormat.DIRECTORY)) {
            if (name.endsWith(FragmentFormat.SUFFIX)) {
                IndexFragment opened = known.get(name);
                try {
                    byName.put(name, opened == null ? opener.open(directory, name) : opened);
                } catch (CorruptDatastoreException e) {
                    LOG.warn("The index is used without one of its fragments: {}", e.getMessage());
                    unreadable.add(e);
                }
            }
        }
        List<IndexFragment> inOrder = new ArrayList<>(byName.values());
        inOrder.sort(Comparator.comparingLong(IndexFragment::entryCount).reversed());
        known = byName;
        view = new IndexView(inOrder, unreadable);
    }

    /// The index as the last [#refresh()] found it; empty before the first.
    public IndexView view() {
        return view;
    }

    /// All places where a chunk lies, as far as the index can be read; empty when it lies nowhere.
    public List<ChunkPlace> places(ChunkId id) {
        List<ChunkPlace> places = new ArrayList<>(1);
        for (IndexFragment fragment : view.fragments()) {
            fragment.addReadablePlaces(id, places);
        }
        return places;
    }

    /// Merges fragments when there are many of one size, and takes in the result. To be called whenever a fragment
    /// was written. When that fails, nothing is lost and it is only logged: whoever wrote the fragment did what was
    /// asked.
    public void mergeWhereMany(Randomness randomness) {
        mergeWhereMany(randomness, StageProgress.NONE);
    }

    /// The same, watched.
    public void mergeWhereMany(Randomness randomness, StageProgress progress) {
        FragmentMerge merge = new FragmentMerge(directory, randomness);
        try {
            refresh();
            List<IndexFragment> due = FragmentTiers.due(view.fragments());
            while (!due.isEmpty()) {
                tryToMerge(merge, due, progress);
                refresh();
                due = FragmentTiers.due(view.fragments());
            }
        } catch (IOException | DatastoreException e) {
            LOG.warn("The fragments of the index stay as many as they are, because merging them failed.", e);
        }
    }

    private static void tryToMerge(FragmentMerge merge, List<IndexFragment> due, StageProgress progress)
            throws IOException, DatastoreException {
        try {
            merge.merge(due, pack -> false, progress);
        } catch (CorruptDatastoreException e) {
            // The damaged one is known now and will not be chosen again.
            if (due.stream().allMatch(fragment -> fragment.damage().isEmpty())) {
                throw e;
            }
            LOG.warn("Merged without a damaged one: {}", e.getMessage());
        }
    }

    /// Why a chunk that must be somewhere may not be found, and what to do about it. Ends a message.
    public String whyMissing() {
        StringBuilder why = new StringBuilder("No index fragment knows it.");
        for (CorruptDatastoreException damage : view.damage()) {
            why.append(' ').append(damage.getMessage());
        }
        return why.append(" To make the index anew from the packs, run: ")
                .append(rebuildCommand(datastore))
                .toString();
    }

    /// What to type to have the index made anew.
    public static String rebuildCommand(String datastore) {
        return "diskvault datastore rebuild-index " + datastore;
    }
}
