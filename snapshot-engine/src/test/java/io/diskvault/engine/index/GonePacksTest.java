package io.diskvault.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.PowerLossDirectory;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What a collector takes out of the index must not come back, whoever merges at the same time.
class GonePacksTest {

    private static final PackId GONE = new PackId(1, 0);
    private static final int FRAGMENTS = 3;

    /// No merge here has more operations than this.
    private static final int STEPS_MAX = 60;

    @FunctionalInterface
    private interface Work {
        void in(Directory directory) throws IOException, DatastoreException;
    }

    /// Three packs, and fragments of which each names all of them.
    private static PowerLossDirectory filled() throws IOException, DatastoreException {
        PowerLossDirectory directory = new PowerLossDirectory();
        for (int i = 0; i < FRAGMENTS; i++) {
            Entries.write(directory, Entries.random(60, 3, i));
        }
        Entries.createPacks(directory);
        return directory;
    }

    private static SortedSet<IndexEntry> withoutGone(SortedSet<IndexEntry> entries) {
        SortedSet<IndexEntry> left = new TreeSet<>(entries);
        left.removeIf(entry -> entry.place().pack().equals(GONE));
        return left;
    }

    private static void merge(Directory directory) throws IOException, DatastoreException {
        new FragmentMerge(directory, Randomness.secure())
                .merge(Entries.index(directory).view().fragments(), _ -> false);
    }

    private static void collect(Directory directory) throws IOException, DatastoreException {
        directory.delete(GONE.file());
        new FragmentMerge(directory, Randomness.secure()).dropGonePacks(Entries.index(directory));
    }

    /// Copies a directory into one where others do their work before the operation of that number. Their own
    /// operations are not counted.
    private static PowerLossDirectory disturbed(PowerLossDirectory start, Map<Integer, Work> others) {
        PowerLossDirectory[] files = new PowerLossDirectory[1];
        boolean[] busy = new boolean[1];
        int[] step = new int[1];
        files[0] = PowerLossDirectory.copyOf(start, (_, _) -> {
            if (!busy[0]) {
                Work other = others.get(step[0]++);
                if (other != null) {
                    busy[0] = true;
                    try {
                        other.in(files[0]);
                    } catch (DatastoreException e) {
                        throw new AssertionError(e);
                    } finally {
                        busy[0] = false;
                    }
                }
            }
        });
        return files[0];
    }

    @Test
    void rewritesOnlyFragmentsThatNameThem() throws Exception {
        PowerLossDirectory directory = filled();
        SortedSet<IndexEntry> all = Entries.in(directory);
        List<String> before = directory.list("index");
        SortedSet<IndexEntry> others = Entries.random(20, 1, 9);
        Entries.write(directory, others);
        all.addAll(others);
        List<String> untouched = directory.list("index");
        untouched.removeAll(before);
        directory.delete(GONE.file());
        FragmentMerge merge = new FragmentMerge(directory, Randomness.secure());

        assertEquals(FRAGMENTS, merge.dropGonePacks(Entries.index(directory)));

        assertEquals(withoutGone(all), Entries.in(directory));
        assertTrue(directory.list("index").containsAll(untouched));
        assertEquals(0, merge.dropGonePacks(Entries.index(directory)));
    }

    @Test
    void staysOutWhenACollectorIsDoneBetweenAnyTwoStepsOfAMerge() throws Exception {
        PowerLossDirectory start = filled();
        SortedSet<IndexEntry> left = withoutGone(Entries.in(start));
        for (int step = 0; step < STEPS_MAX; step++) {
            PowerLossDirectory files = disturbed(start, Map.of(step, GonePacksTest::collect));
            merge(files);
            if (files.exists(GONE.file())) {
                assertTrue(step > 10, "The collector was beside the merge only " + step + " times.");
                return;
            }
            assertEquals(left, Entries.in(files), "collected before operation " + step);
        }
        throw new AssertionError("A merge does not take so many operations.");
    }

    @Test
    void staysOutWhenAnotherMergeIsDoneAsWell() throws Exception {
        PowerLossDirectory start = filled();
        SortedSet<IndexEntry> left = withoutGone(Entries.in(start));
        int met = 0;
        for (int collected = 0; collected < STEPS_MAX; collected++) {
            for (int merged = 0; merged < STEPS_MAX; merged++) {
                Map<Integer, Work> others = new HashMap<>();
                others.merge(collected, GonePacksTest::collect, GonePacksTest::both);
                others.merge(merged, GonePacksTest::merge, GonePacksTest::both);
                PowerLossDirectory files = disturbed(start, others);
                merge(files);
                if (!files.exists(GONE.file())) {
                    assertEquals(left, Entries.in(files), "collected before " + collected + ", merged " + merged);
                    met++;
                }
            }
        }
        int orders = met;
        assertTrue(orders > 100, () -> "Only " + orders + " orders were tried.");
    }

    private static Work both(Work one, Work other) {
        return directory -> {
            one.in(directory);
            other.in(directory);
        };
    }

    @Test
    void staysOutWhenACollectorIsMetByAMerge() throws Exception {
        PowerLossDirectory start = filled();
        SortedSet<IndexEntry> left = withoutGone(Entries.in(start));
        for (int step = 0; step < STEPS_MAX; step++) {
            PowerLossDirectory files = disturbed(start, Map.of(step, GonePacksTest::merge));
            collect(files);
            assertFalse(files.exists(GONE.file()));
            assertEquals(left, Entries.in(files), "merged before operation " + step);
        }
    }
}
