package io.diskvault.engine.index;

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
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexViewTest {

    private static final int PAGE = FragmentFormat.PAGE_ENTRIES;

    @TempDir
    Path path;

    private final Random random = new Random(11);
    private LocalDirectory directory = new LocalDirectory(Path.of(""));
    private ChunkIndex index = new ChunkIndex(directory);

    @BeforeEach
    void openDirectory() {
        directory = new LocalDirectory(path);
        index = new ChunkIndex(directory);
    }

    private IndexEntry entry(int number) {
        ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        return new IndexEntry(id, new ChunkPlace(new PackId(number % 5, 7), 40 + number, 100, 200));
    }

    private SortedSet<IndexEntry> write(int count) throws IOException, DatastoreException {
        TreeSet<IndexEntry> entries = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(i));
        }
        FragmentWriter.write(directory, entries, Randomness.secure());
        return entries;
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(path.resolve("index"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void numbersAllEntriesOfAllFragmentsInTheSameWayForBothWaysToRead() throws Exception {
        List<IndexEntry> all = new ArrayList<>(write(3 * PAGE + 1));
        all.addAll(write(PAGE));
        all.addAll(write(1));
        index.refresh();
        IndexView view = index.view();
        Map<Long, IndexEntry> byOrdinal = new HashMap<>();

        view.forEach((ordinal, id, place) -> {
            assertEquals(byOrdinal.size(), ordinal);
            byOrdinal.put(ordinal, new IndexEntry(id, place));
        });

        assertEquals(all.size(), view.entryCount());
        assertEquals(Set.copyOf(all), Set.copyOf(byOrdinal.values()));
        for (IndexEntry entry : all) {
            List<IndexEntry> found = new ArrayList<>();
            view.places(entry.id(), (ordinal, place) -> {
                assertEquals(byOrdinal.get(ordinal), entry);
                found.add(new IndexEntry(entry.id(), place));
            });
            assertEquals(List.of(entry), found);
        }
        assertTrue(view.complete());
    }

    @Test
    void givesEveryCopyOfAnEntryItsOwnOrdinal() throws Exception {
        SortedSet<IndexEntry> first = write(10);
        TreeSet<IndexEntry> more = new TreeSet<>(first);
        more.add(entry(10));
        FragmentWriter.write(directory, more, Randomness.secure());
        index.refresh();

        Set<Long> ordinals = new TreeSet<>();
        index.view().places(first.first().id(), (ordinal, place) -> ordinals.add(ordinal));

        assertEquals(2, ordinals.size());
        assertEquals(21, index.view().entryCount());
    }

    @Test
    void namesThePacksWithoutReadingEntries() throws Exception {
        Set<PackId> packs =
                write(200).stream().map(entry -> entry.place().pack()).collect(Collectors.toSet());
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[5000] ^= 1;
        Files.write(file, bytes);
        index.refresh();

        assertEquals(5, packs.size());
        assertEquals(packs, index.view().packs());
    }

    @Test
    void staysAsItWasWhenTheIndexChanges() throws Exception {
        SortedSet<IndexEntry> entries = write(100);
        index.refresh();
        IndexView view = index.view();
        Files.delete(onlyFile());
        write(1000);
        index.refresh();

        List<IndexEntry> found = new ArrayList<>();
        view.forEach((_, id, place) -> found.add(new IndexEntry(id, place)));

        assertEquals(List.copyOf(entries), found);
        assertEquals(1000, index.view().entryCount());
    }

    @Test
    void neverTakesADamagedPageForMissingEntries() throws Exception {
        List<IndexEntry> entries = List.copyOf(write(50 * PAGE));
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[41 * FragmentFormat.PAGE_BYTES + 10] ^= 1;
        Files.write(file, bytes);
        index.refresh();
        IndexView view = index.view();
        assertTrue(view.complete(), "nothing has been read of it yet");

        IndexEntry onDamagedPage = entries.get(40 * PAGE + 40);
        assertThrows(CorruptDatastoreException.class, () -> view.places(onDamagedPage.id(), (_, _) -> {}));
        assertThrows(CorruptDatastoreException.class, () -> view.forEach((_, _, _) -> {}));
        assertFalse(view.complete());
        assertEquals(1, view.damage().size());
        assertEquals(List.of(), index.places(onDamagedPage.id()));
        assertEquals(
                List.of(entries.getFirst().place()),
                index.places(entries.getFirst().id()));
    }

    @Test
    void handsOnWhatItsVisitorThrows() throws Exception {
        IndexEntry entry = write(1).first();
        index.refresh();

        DatastoreException damage = new CorruptDatastoreException("found");
        assertEquals(
                damage,
                assertThrows(
                        DatastoreException.class,
                        () -> index.view().places(entry.id(), (_, _) -> {
                            throw damage;
                        })));
    }
}
