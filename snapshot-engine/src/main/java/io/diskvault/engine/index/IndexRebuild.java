package io.diskvault.engine.index;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackEntry;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the index anew from what the packs say about themselves. Needs no key. For one run.
///
/// What can be read of the old index is kept, and damaged fragments go only when the new one is durable; so it may run
/// beside everything else, and be cut off anywhere.
public final class IndexRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(IndexRebuild.class);

    /// Bounds memory, at about 200 bytes for each.
    private static final int BATCH_ENTRIES = 128 << 10;

    private final Directory directory;
    private final Randomness randomness;
    private final List<IndexFragment> damaged = new ArrayList<>();
    private final List<String> damagedFiles = new ArrayList<>();
    private final Set<PackId> unreadablePacks = new TreeSet<>();
    private final TreeSet<IndexEntry> batch = new TreeSet<>();

    public IndexRebuild(Directory directory, Randomness randomness) {
        this.directory = directory;
        this.randomness = randomness;
    }

    /// Is told after every pack how far it is.
    @FunctionalInterface
    public interface Progress {
        void packs(long done, long total);
    }

    /// What was found and done.
    ///
    /// @param packs how many packs were read
    /// @param entries how many entries the index has now
    /// @param unreadablePacks packs that exist but do not say what they hold; what the old index knew of them stays
    /// @param removedFragments files of the old index that were damaged
    public record Result(long packs, long entries, List<PackId> unreadablePacks, List<String> removedFragments) {}

    /// @throws DatastoreException when a file was written by another version of the program; nothing is deleted then
    public Result run(Progress progress) throws IOException, DatastoreException {
        directory.createDirectory(FragmentFormat.DIRECTORY);
        // Before the packs: then every pack that these fragments speak of is listed, or gone for good.
        findDamage();
        List<PackId> packs = packs();
        long read = 0;
        for (int i = 0; i < packs.size(); i++) {
            read += readTable(packs.get(i)) ? 1 : 0;
            progress.packs(i + 1L, packs.size());
        }
        for (IndexFragment fragment : damaged) {
            fragment.forEachReadable(entry -> {
                if (unreadablePacks.contains(entry.place().pack())) {
                    add(entry);
                }
            });
        }
        writeBatch();
        long entries = mergeAll();
        for (String file : damagedFiles) {
            directory.delete(file);
        }
        directory.syncDirectory(FragmentFormat.DIRECTORY);
        return new Result(read, entries, List.copyOf(unreadablePacks), List.copyOf(damagedFiles));
    }

    private void findDamage() throws IOException, DatastoreException {
        for (String name : directory.list(FragmentFormat.DIRECTORY)) {
            if (name.endsWith(FragmentFormat.SUFFIX)) {
                try {
                    IndexFragment fragment = IndexFragment.open(directory, name);
                    if (fragment.checkAll().isPresent()) {
                        damaged.add(fragment);
                        damagedFiles.add(FragmentFormat.DIRECTORY + "/" + name);
                    }
                } catch (CorruptDatastoreException e) {
                    LOG.warn("To be made anew: {}", e.getMessage());
                    damagedFiles.add(FragmentFormat.DIRECTORY + "/" + name);
                } catch (NoSuchFileException e) {
                    LOG.debug("{} was merged into another fragment meanwhile.", name);
                }
            }
        }
    }

    private List<PackId> packs() throws IOException {
        List<PackId> packs = new ArrayList<>();
        for (String group : directory.list(PackId.DIRECTORY)) {
            for (String name : directory.list(PackId.DIRECTORY + "/" + group)) {
                PackId.ofFileName(name).ifPresent(packs::add);
            }
        }
        return packs;
    }

    private boolean readTable(PackId pack) throws IOException, DatastoreException {
        List<PackEntry> table;
        try {
            table = PackTable.read(directory, pack);
        } catch (NoSuchFileException e) {
            return false;
        } catch (CorruptDatastoreException | IOException e) {
            LOG.warn("What {} holds cannot be read: {}", pack.file(), e.getMessage());
            unreadablePacks.add(pack);
            return false;
        }
        for (PackEntry entry : table) {
            add(new IndexEntry(entry.id(), entry.place()));
        }
        return true;
    }

    private void add(IndexEntry entry) throws IOException, DatastoreException {
        batch.add(entry);
        if (batch.size() >= BATCH_ENTRIES) {
            writeBatch();
        }
    }

    private void writeBatch() throws IOException, DatastoreException {
        if (!batch.isEmpty()) {
            FragmentWriter.write(directory, batch, randomness);
            batch.clear();
        }
    }

    private long mergeAll() throws IOException, DatastoreException {
        ChunkIndex index = new ChunkIndex(directory);
        index.refresh();
        List<IndexFragment> whole = index.view().fragments().stream()
                .filter(fragment -> !damagedFiles.contains(fragment.pages().file()))
                .toList();
        // Listed again, after the fragments: others may have added packs, and fragments that speak of them.
        Set<PackId> existing = new HashSet<>(packs());
        return new FragmentMerge(directory, randomness).merge(whole, pack -> !existing.contains(pack));
    }
}
