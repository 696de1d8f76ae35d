package io.diskvault.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mapped file whose pages were checked once and cannot be read any more. To the process a file that was cut short
/// is the same as one that the storage cannot read.
class LostPagesTest {

    private static final int ENTRIES = 20 * FragmentFormat.PAGE_ENTRIES;

    /// More than it takes until look-ups run as compiled code, in which such an error comes late.
    private static final int ROUNDS = 40;

    @TempDir
    Path path;

    private final TreeSet<IndexEntry> entries = new TreeSet<>();
    private LocalDirectory directory = new LocalDirectory(Path.of(""));
    private ChunkIndex index = new ChunkIndex(directory);
    private String file = "";

    @BeforeEach
    void writeAFragmentAndReadAllOfIt() throws Exception {
        directory = new LocalDirectory(path);
        index = new ChunkIndex(directory);
        Random random = new Random(5);
        for (int i = 0; i < ENTRIES; i++) {
            ChunkId id = new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            entries.add(new IndexEntry(id, new ChunkPlace(new PackId(i % 5, 7), 40 + i, 100, 200)));
        }
        FragmentWriter.write(directory, entries, Randomness.secure());
        try (Stream<Path> files = Files.list(path.resolve("index"))) {
            file = "index/" + files.findFirst().orElseThrow().getFileName();
        }
        index.refresh();
    }

    private void lookEverythingUp(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (IndexEntry entry : entries) {
                int[] found = new int[1];
                index.view().places(entry.id(), (_, _) -> found[0]++);
                assertEquals(1, found[0]);
                assertEquals(1, index.view().readablePlaces(entry.id()).size());
                assertEquals(List.of(entry.place()), index.places(entry.id()));
            }
        }
    }

    private void loseAllPages() throws Exception {
        try (RandomAccessFile opened = new RandomAccessFile(path.resolve(file).toFile(), "rw")) {
            opened.setLength(0);
        }
    }

    @Test
    void lookUpsSayWhichFileItWas() throws Exception {
        for (int rounds : new int[] {1, ROUNDS}) {
            entries.clear();
            Files.deleteIfExists(path.resolve(file));
            writeAFragmentAndReadAllOfIt();
            lookEverythingUp(rounds);
            loseAllPages();
            for (IndexEntry entry : entries) {
                CorruptDatastoreException error = assertThrows(
                        CorruptDatastoreException.class, () -> index.view().places(entry.id(), (_, _) -> {}));
                assertTrue(error.getMessage().contains(file), error.getMessage());
                assertEquals(List.of(), index.view().readablePlaces(entry.id()));
                assertEquals(List.of(), index.places(entry.id()));
            }
            assertFalse(index.view().complete());
        }
    }

    @Test
    void goingOverEverythingSaysWhichFileItWas() throws Exception {
        lookEverythingUp(1);
        IndexFragment fragment = index.view().fragments().getFirst();
        loseAllPages();

        assertThrows(CorruptDatastoreException.class, () -> index.view().forEach((_, _, _) -> {}));
        assertThrows(
                CorruptDatastoreException.class,
                () -> new FragmentMerge(directory, Randomness.secure()).merge(List.of(fragment), _ -> false));
        assertEquals(5, index.view().packs().size());
        assertTrue(Files.exists(path.resolve(file)));
    }
}
