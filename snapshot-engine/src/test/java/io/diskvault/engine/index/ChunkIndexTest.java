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
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkIndexTest {

    @TempDir
    Path path;

    private LocalDirectory directory = new LocalDirectory(Path.of(""));
    private ChunkIndex index = new ChunkIndex(directory);

    @BeforeEach
    void openDirectory() {
        directory = new LocalDirectory(path);
        index = new ChunkIndex(directory);
    }

    private static ChunkId randomId(Random random) {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private static ChunkPlace place(int number) {
        return new ChunkPlace(new PackId(number % 7, number % 3), 40 + number, 1000 + number, 65536);
    }

    private static SortedSet<IndexEntry> entries(int count, long seed) {
        Random random = new Random(seed);
        TreeSet<IndexEntry> entries = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            entries.add(new IndexEntry(randomId(random), place(i)));
        }
        return entries;
    }

    private void write(Set<IndexEntry> entries) throws IOException, DatastoreException {
        FragmentWriter.write(directory, new TreeSet<>(entries), Randomness.secure());
        index.refresh();
    }

    private void assertFindsAll(Set<IndexEntry> entries) throws DatastoreException {
        for (IndexEntry entry : entries) {
            assertEquals(List.of(entry.place()), index.places(entry.id()));
        }
    }

    @Test
    void findsEveryChunkAndNoOther() throws Exception {
        for (int count : new int[] {1, 84, 85, 86, 171, 20_000}) {
            SortedSet<IndexEntry> entries = entries(count, count);
            write(entries);
            assertFindsAll(entries);
        }
        Random other = new Random(99);
        for (int i = 0; i < 1000; i++) {
            assertEquals(List.of(), index.places(randomId(other)));
        }
        assertEquals(List.of(), index.places(new ChunkId(0, 0, 0, 0)));
        assertEquals(List.of(), index.places(new ChunkId(-1, -1, -1, -1)));
    }

    @Test
    void isEmptyWithoutFragments() throws Exception {
        index.refresh();

        assertEquals(List.of(), index.places(new ChunkId(1, 2, 3, 4)));
    }

    @Test
    void findsChunksWhoseIdsAreNotSpreadAtAll() throws Exception {
        TreeSet<IndexEntry> entries = new TreeSet<>();
        for (int i = 0; i < 5000; i++) {
            entries.add(new IndexEntry(new ChunkId(7, 7, 7, i), place(i)));
            entries.add(new IndexEntry(new ChunkId(i * (long) i, 0, 0, 0), place(i)));
        }
        write(entries);

        assertFindsAll(entries);
    }

    @Test
    void givesAllPlacesOfAChunk() throws Exception {
        ChunkId id = randomId(new Random(5));
        SortedSet<IndexEntry> first = entries(300, 6);
        for (int i = 0; i < 200; i++) {
            first.add(new IndexEntry(id, place(i)));
        }
        write(first);
        write(new TreeSet<>(Set.of(new IndexEntry(id, place(1000)))));

        assertEquals(201, Set.copyOf(index.places(id)).size());
        assertTrue(index.places(id).contains(place(1000)));
        assertTrue(index.places(id).contains(place(199)));
    }

    @Test
    void takesInWhatOthersAddAndTakeAway() throws Exception {
        SortedSet<IndexEntry> first = entries(10, 1);
        SortedSet<IndexEntry> second = entries(10, 2);
        write(first);
        List<String> before = directory.list("index");
        ChunkIndex other = new ChunkIndex(directory);
        other.refresh();
        write(second);
        assertFindsAll(first);
        assertFindsAll(second);
        assertEquals(List.of(), other.places(second.first().id()));

        directory.delete("index/" + before.getFirst());
        other.refresh();

        assertEquals(List.of(), other.places(first.first().id()));
        assertEquals(1, other.places(second.first().id()).size());
    }

    @Test
    void writesTheSameEntriesAsTheSameBytesUnderANewName() throws Exception {
        write(entries(1000, 3));
        write(entries(1000, 3));

        List<String> names = directory.list("index");
        assertEquals(2, names.size());
        assertArrayEquals(
                Files.readAllBytes(path.resolve("index/" + names.getFirst())),
                Files.readAllBytes(path.resolve("index/" + names.getLast())));
    }

    @Test
    void findsEveryFlippedByteThatItDependsOn() throws Exception {
        SortedSet<IndexEntry> entries = entries(100, 4);
        write(entries);
        Path file = path.resolve("index/" + directory.list("index").getFirst());
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            int at = i < 64 ? i : 4096 + random.nextInt(whole.length - 4096 - 32);
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Files.delete(file);
            Files.write(file, damaged);
            index = new ChunkIndex(directory);

            CorruptDatastoreException error = assertThrows(
                    CorruptDatastoreException.class,
                    () -> {
                        index.refresh();
                        for (IndexEntry entry : entries) {
                            index.places(entry.id());
                        }
                        throw index.view().damage().getFirst();
                    },
                    "byte " + at);
            assertTrue(error.getMessage().startsWith("index/" + file.getFileName()), error.getMessage());
        }
    }

    @Test
    void leavesOutAFragmentOfTheWrongLength() throws Exception {
        write(entries(100, 4));
        Path file = path.resolve("index/" + directory.list("index").getFirst());
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, 40, 4096, whole.length - 1, whole.length + 1}) {
            Files.delete(file);
            Files.write(file, Arrays.copyOf(whole, length));

            index = new ChunkIndex(directory);
            index.refresh();

            assertEquals(1, index.view().damage().size());
            assertFalse(index.view().complete());
            assertTrue(index.whyMissing().contains("index/" + file.getFileName()), index.whyMissing());
        }
    }
}
