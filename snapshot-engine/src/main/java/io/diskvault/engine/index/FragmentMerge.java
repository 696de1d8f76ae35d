package io.diskvault.engine.index;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.work.Stage;
import io.diskvault.engine.work.StageProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// Merges fragments into one, which is durable before they are deleted.
///
/// Merges need no lease and no lock; any number may run at once, in any processes, beside writers, readers and
/// collectors, and be cut off anywhere. Nothing is lost by that: take an entry whose pack exists, and of all fragments
/// that ever held it the one that was *created last*. It is never deleted: whoever deletes a fragment has created one
/// with the same entries after listing it. This needs names that never come again; with names made from the
/// content, two merges could each count on the file that the other one deletes. Entries of packs that are gone may
/// come back when an older fragment is merged at the same time; they are harmless, and go with the next merge.
///
/// Two merges of the same fragments write two equal ones. They count as one in every answer, and the next merge makes
/// them one.
public final class FragmentMerge {

    private final Directory directory;
    private final Randomness randomness;

    public FragmentMerge(Directory directory, Randomness randomness) {
        this.directory = directory;
        this.randomness = randomness;
    }

    /// Merges all fragments that list a pack that is gone, without the entries of such packs.
    ///
    /// @param view what to look for them in
    /// @param gone packs that do not exist any more; asked for every pack that a fragment lists
    /// @return how many fragments were merged
    /// @throws CorruptDatastoreException when one of them is damaged; then nothing is deleted
    public int dropPacks(IndexView view, Predicate<PackId> gone) throws IOException, DatastoreException {
        List<IndexFragment> affected = view.fragments().stream()
                .filter(fragment -> lists(fragment, gone))
                .toList();
        if (!affected.isEmpty()) {
            merge(affected, gone);
        }
        return affected.size();
    }

    private static boolean lists(IndexFragment fragment, Predicate<PackId> gone) {
        for (int i = 0; i < fragment.packCount(); i++) {
            if (gone.test(fragment.pack(i))) {
                return true;
            }
        }
        return false;
    }

    /// Merges fragments into one, without the entries of packs that are gone, and deletes them. Takes about 40 bytes of
    /// memory for each pack, and nothing for entries.
    ///
    /// @return how many entries the new one has; when there is none left, it is not written
    /// @throws CorruptDatastoreException when one of them is damaged; then nothing is deleted
    long merge(List<IndexFragment> fragments, Predicate<PackId> gone) throws IOException, DatastoreException {
        return merge(fragments, gone, StageProgress.NONE);
    }

    long merge(List<IndexFragment> fragments, Predicate<PackId> gone, StageProgress progress)
            throws IOException, DatastoreException {
        long readBytes = fragments.stream().mapToLong(IndexFragment::entryCount).sum() * FragmentFormat.ENTRY_BYTES;
        LongConsumer tick = done -> progress.reached(Stage.MERGING_INDEX, done, 2 * readBytes);
        tick.accept(0);
        List<FragmentPages> inputs =
                fragments.stream().map(IndexFragment::pages).toList();
        List<PackId> packs = keptPacks(fragments, gone);
        long entryCount = 0;
        MergeCursor counting = new MergeCursor(inputs, packs, tick);
        while (counting.next()) {
            entryCount++;
        }
        if (entryCount > 0) {
            MergeCursor writing = new MergeCursor(inputs, packs, done -> tick.accept(readBytes + done));
            FragmentWriter.write(directory, entryCount, packs, writing, randomness);
        }
        for (FragmentPages input : inputs) {
            directory.delete(input.file());
        }
        directory.syncDirectory(FragmentFormat.DIRECTORY);
        tick.accept(2 * readBytes);
        return entryCount;
    }

    private static List<PackId> keptPacks(List<IndexFragment> fragments, Predicate<PackId> gone) {
        List<PackId> packs = new ArrayList<>();
        for (IndexFragment fragment : fragments) {
            for (int i = 0; i < fragment.packCount(); i++) {
                packs.add(fragment.pack(i));
            }
        }
        packs.sort(Comparator.naturalOrder());
        List<PackId> kept = new ArrayList<>();
        for (PackId pack : packs) {
            if ((kept.isEmpty() || !kept.getLast().equals(pack)) && !gone.test(pack)) {
                kept.add(pack);
            }
        }
        return kept;
    }
}
