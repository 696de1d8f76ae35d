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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// Merges fragments into one, which is durable before they are deleted.
///
/// Merges need no lease and no lock; any number may run at once, in any processes, beside writers, readers and
/// collectors, and be cut off anywhere. Nothing is lost by that: take an entry whose pack exists, and of all fragments
/// that ever held it the one that was *created last*. It is never deleted: whoever deletes a fragment has created one
/// with the same entries after listing it. This needs names that never come again; with names made from the
/// content, two merges could each count on the file that the other one deletes.
///
/// Entries of packs that are gone come back when a merge publishes what it read of a fragment that a collector has
/// meanwhile rewritten without them. They are harmless, but a verification takes them for a lost pack. So a merge that
/// finds a fragment gone when it wants to delete it takes such entries out again, and a collector looks again until
/// it finds none: whichever of the two is the last sees what the other one did. A merge that is cut off in between
/// leaves them to the next collection.
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

    /// Takes the entries of packs that do not exist any more out of the index, by merging all fragments that list one.
    ///
    /// @param index is fresh afterwards
    /// @return how many fragments were merged
    /// @throws CorruptDatastoreException when one of them is damaged; then nothing is deleted
    public int dropGonePacks(ChunkIndex index) throws IOException, DatastoreException {
        int merged = 0;
        while (true) {
            index.refresh();
            List<IndexFragment> fragments = index.view().fragments();
            // Asked after the index was read: what it names existed, so what is not there was deleted.
            Set<PackId> gone = gone(fragments);
            List<IndexFragment> affected =
                    fragments.stream().filter(fragment -> lists(fragment, gone)).toList();
            if (affected.isEmpty()) {
                return merged;
            }
            merge(affected, gone::contains);
            merged += affected.size();
        }
    }

    private Set<PackId> gone(List<IndexFragment> fragments) throws IOException {
        Set<PackId> gone = new HashSet<>();
        for (IndexFragment fragment : fragments) {
            for (int i = 0; i < fragment.packCount(); i++) {
                PackId pack = fragment.pack(i);
                if (!gone.contains(pack) && !directory.exists(pack.file())) {
                    gone.add(pack);
                }
            }
        }
        return gone;
    }

    private static boolean lists(IndexFragment fragment, Set<PackId> packs) {
        for (int i = 0; i < fragment.packCount(); i++) {
            if (packs.contains(fragment.pack(i))) {
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
        List<IndexFragment> lost = new ArrayList<>();
        for (IndexFragment fragment : fragments) {
            if (!directory.delete(fragment.pages().file())) {
                lost.add(fragment);
            }
        }
        directory.syncDirectory(FragmentFormat.DIRECTORY);
        tick.accept(2 * readBytes);
        if (gone(lost).stream().anyMatch(pack -> Collections.binarySearch(packs, pack) >= 0)) {
            // Somebody may have taken it out of a fragment that was lost, and this merge has just brought it back.
            dropGonePacks(new ChunkIndex(directory));
        }
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
