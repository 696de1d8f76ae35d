package io.diskvault.engine.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import io.diskvault.engine.storage.Operation;
import io.diskvault.engine.storage.OutputFile;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.storage.PowerLossDirectory.PowerLostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FragmentMergeTest {

    private static boolean none(PackId pack) {
        return false;
    }

    private static long merge(Directory directory, Predicate<PackId> gone) throws IOException, DatastoreException {
        return new FragmentMerge(directory, Randomness.secure())
                .merge(Entries.index(directory).view().fragments(), gone);
    }

    private static byte[] onlyFragment(Directory directory) throws IOException {
        List<String> names = directory.list("index");
        assertEquals(1, names.size());
        try (InputFile file = directory.open("index/" + names.getFirst())) {
            return file.readAll(1 << 24);
        }
    }

    /// Few ids, packs and offsets, so that there are many duplicates and many places of one chunk.
    private static SortedSet<IndexEntry> crowded(Random random, int count) {
        SortedSet<IndexEntry> entries = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            ChunkId id = new ChunkId(random.nextInt(40) * 0x0612_3456_789A_BCDEL, random.nextInt(2), 0, 1);
            PackId pack = new PackId(random.nextInt(8), 0);
            entries.add(new IndexEntry(id, new ChunkPlace(pack, 40 + random.nextInt(3), 5, 6)));
        }
        return entries;
    }

    @Property(tries = 150)
    void givesWhatASetWouldGive(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int fragments) throws Exception {
        Random random = new Random(seed);
        Set<PackId> gone = Set.of(new PackId(random.nextInt(6), 0), new PackId(6 + random.nextInt(3), 0));
        PowerLossDirectory directory = new PowerLossDirectory();
        SortedSet<IndexEntry> model = new TreeSet<>();
        for (int i = 0; i < fragments; i++) {
            SortedSet<IndexEntry> entries = crowded(random, 1 + random.nextInt(400));
            Entries.write(directory, entries);
            model.addAll(entries);
        }
        model.removeIf(entry -> gone.contains(entry.place().pack()));

        long count = merge(directory, gone::contains);

        assertEquals(model.size(), count);
        assertEquals(model, Entries.in(directory));
        PowerLossDirectory expected = new PowerLossDirectory();
        Entries.write(expected, model);
        assertArrayEquals(onlyFragment(expected), onlyFragment(directory));
    }

    @Test
    void dropsFragmentsOfWhichNothingIsLeft() throws Exception {
        PowerLossDirectory directory = new PowerLossDirectory();
        Entries.write(directory, Entries.random(300, 2, 1));
        Entries.write(directory, Entries.random(300, 2, 2));

        assertEquals(0, merge(directory, _ -> true));

        assertEquals(0, Entries.fragments(directory));
    }

    @Test
    void refusesADamagedFragmentAndDeletesNothing() throws Exception {
        PowerLossDirectory directory = new PowerLossDirectory();
        Entries.write(directory, Entries.random(300, 2, 1));
        damage(directory, directory.list("index").getFirst(), 4096 + 100);
        Entries.write(directory, Entries.random(300, 2, 2));
        List<String> before = directory.list("index");

        assertThrows(CorruptDatastoreException.class, () -> merge(directory, FragmentMergeTest::none));

        assertEquals(Set.copyOf(before), Set.copyOf(directory.list("index")));
    }

    private static void damage(Directory directory, String name, int at) throws IOException {
        byte[] bytes;
        try (InputFile file = directory.open("index/" + name)) {
            bytes = file.readAll(1 << 24);
        }
        bytes[at] ^= 1;
        directory.delete("index/" + name);
        try (OutputFile file = directory.create("index/" + name)) {
            file.write(ByteBuffer.wrap(bytes), 0);
        }
    }

    @Test
    void losesNothingWhenThePowerIsCutAnywhere() throws Exception {
        PowerLossDirectory start = new PowerLossDirectory();
        SortedSet<IndexEntry> all = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            SortedSet<IndexEntry> entries = Entries.random(200, 6, i);
            all.addAll(entries);
            Entries.write(start, entries);
        }
        Predicate<PackId> gone = pack -> pack.high() == 5;
        SortedSet<IndexEntry> kept = new TreeSet<>(all);
        kept.removeIf(entry -> gone.test(entry.place().pack()));
        Set<Operation.Kind> cut = EnumSet.noneOf(Operation.Kind.class);
        int states = 0;
        boolean done = false;
        for (int step = 0; !done; step++) {
            PowerLossDirectory files = PowerLossDirectory.copyOf(start, PowerLossDirectory.losingPowerBefore(step));
            try {
                merge(files, gone);
                done = true;
            } catch (PowerLostException e) {
                cut.add(files.operations().getLast().kind());
            }
            for (PowerLossDirectory state : files.survivors()) {
                String where = "cut before operation " + step + ", state " + states++;
                SortedSet<IndexEntry> found = Entries.in(state);
                assertTrue(found.containsAll(kept), where);
                assertTrue(all.containsAll(found), where);
                merge(state, gone);
                assertEquals(kept, Entries.in(state), where);
            }
        }
        assertTrue(
                cut.containsAll(Set.of(
                        Operation.Kind.CREATE,
                        Operation.Kind.WRITE,
                        Operation.Kind.SYNC,
                        Operation.Kind.PUBLISH,
                        Operation.Kind.SYNC_DIRECTORY,
                        Operation.Kind.DELETE)),
                cut::toString);
        System.out.println("A merge cut everywhere: " + states + " states");
    }

    @Test
    void losesNothingWhenAnyCallFails() throws Exception {
        PowerLossDirectory start = new PowerLossDirectory();
        Entries.write(start, Entries.random(200, 6, 1));
        Entries.write(start, Entries.random(200, 6, 2));
        SortedSet<IndexEntry> all = Entries.in(start);
        boolean done = false;
        for (int step = 0; !done; step++) {
            int failing = step;
            PowerLossDirectory files = PowerLossDirectory.copyOf(start, (number, _) -> {
                if (number == failing) {
                    throw new IOException("No space left on device");
                }
            });
            try {
                merge(files, FragmentMergeTest::none);
                done = true;
                assertTrue(step > 5);
            } catch (IOException e) {
                assertEquals("No space left on device", e.getMessage());
            }
            assertEquals(all, Entries.in(PowerLossDirectory.copyOf(files, (_, _) -> {})));
            assertFalse(PowerLossDirectory.copyOf(files, (_, _) -> {}).list("index").stream()
                    .anyMatch(name -> name.endsWith(".unfinished")));
        }
    }

    /// Two merges, one of which drops a pack, in every order that the deletions of one can fall between the other's
    /// writes. With names made from the content this lost entries: each would have counted on the other's input.
    @Test
    void losesNothingWhenAMergeWritesWhatAnotherOneDeletes() throws Exception {
        SortedSet<IndexEntry> both = Entries.random(200, 2, 1);
        Predicate<PackId> second = pack -> pack.high() == 1;
        SortedSet<IndexEntry> firstOnly = new TreeSet<>(both);
        firstOnly.removeIf(entry -> second.test(entry.place().pack()));
        SortedSet<IndexEntry> secondOnly = new TreeSet<>(both);
        secondOnly.removeAll(firstOnly);
        PowerLossDirectory directory = new PowerLossDirectory();
        Entries.write(directory, both);
        IndexView whole = Entries.index(directory).view();
        PowerLossDirectory parts = new PowerLossDirectory();
        Entries.write(parts, firstOnly);
        Entries.write(parts, secondOnly);
        IndexView halves = Entries.index(parts).view();
        for (String name : parts.list("index")) {
            copy(parts, directory, "index/" + name);
        }

        new FragmentMerge(directory, Randomness.secure()).merge(whole.fragments(), second);
        new FragmentMerge(directory, Randomness.secure()).merge(halves.fragments(), FragmentMergeTest::none);

        assertTrue(Entries.in(directory).containsAll(firstOnly));
    }

    private static void copy(Directory from, Directory to, String name) throws IOException {
        try (InputFile input = from.open(name);
                OutputFile output = to.create(name)) {
            output.write(ByteBuffer.wrap(input.readAll(1 << 24)), 0);
            output.sync();
        }
    }

    @Test
    void runsBesideReadersWritersAndOtherMerges() throws Exception {
        PowerLossDirectory directory = new PowerLossDirectory();
        SortedSet<IndexEntry> first = Entries.random(2000, 6, 1);
        Entries.write(directory, first);
        Entries.createPacks(directory);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> {
                    do {
                        assertTrue(Entries.in(directory).containsAll(first));
                    } while (!done.get());
                    return null;
                }));
            }
            List<Future<?>> changes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int seed = 100 * i;
                changes.add(threads.submit(() -> {
                    for (int round = 0; round < 30; round++) {
                        Entries.write(directory, Entries.random(50, 3, 2 + seed + round));
                        merge(directory, FragmentMergeTest::none);
                    }
                    return null;
                }));
            }
            for (Future<?> change : changes) {
                change.get();
            }
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        SortedSet<IndexEntry> all = new TreeSet<>(first);
        for (int round = 0; round < 30; round++) {
            all.addAll(Entries.random(50, 3, 2 + round));
            all.addAll(Entries.random(50, 3, 102 + round));
        }
        assertEquals(all, Entries.in(directory));
    }
}
