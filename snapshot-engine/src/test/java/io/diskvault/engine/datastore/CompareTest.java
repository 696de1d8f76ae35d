package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.restore.RestoreOptions;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.verify.AffectedPoint;
import io.diskvault.engine.verify.ByteRange;
import io.diskvault.engine.verify.Mismatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
    /// Three leaves: data with holes, nothing at all, and data again with a last block that is not whole.
    private static final int LENGTH = 130 * CHUNK + 100;

    @TempDir
    Path directory;

    private Workbench bench;
    private RecoveryPoint point;
    private byte[] content;

    @BeforeEach
    void backUp() throws Exception {
        bench = Workbench.in(directory);
        content = Workbench.noise(LENGTH, 7);
        Arrays.fill(content, 3 * CHUNK, 128 * CHUNK, (byte) 0);
        point = bench.backUp("disk", "1", content).point();
    }

    private Mismatch compare(byte[] disk) throws Exception {
        try (DiskSource source = new FakeDisk(disk)) {
            return bench.datastore().compare(point, source, Watch.NONE);
        }
    }

    @Test
    void aRestoredFileIsWhatWasBackedUp() throws Exception {
        Path copy = directory.resolve("copy");
        bench.datastore().restore(point, copy, RestoreOptions.NEW_FILE, Watch.NONE);
        try (DiskSource source = DiskSource.openWritten(copy)) {
            assertTrue(bench.datastore().compare(point, source, Watch.NONE).isNone());
        }
        Files.delete(copy);
    }

    @Test
    void everyByteCounts() throws Exception {
        List<Integer> places =
                List.of(0, CHUNK - 1, 5 * CHUNK, 64 * CHUNK - 1, 64 * CHUNK, 100 * CHUNK + 9, 128 * CHUNK, LENGTH - 1);
        for (int place : places) {
            byte[] changed = content.clone();
            changed[place] ^= 1;
            Mismatch found = compare(changed);
            assertEquals(1, found.ranges().size(), "byte " + place);
            ByteRange range = found.ranges().getFirst();
            assertTrue(range.start() <= place && place < range.end(), range + " has not " + place);
            assertTrue(range.bytes() <= CHUNK, range + " is more than a block");
        }
    }

    @Test
    void neighboursAreOneRangeAndManyAreCounted() throws Exception {
        byte[] changed = content.clone();
        changed[0] ^= 1;
        changed[CHUNK] ^= 1;
        assertEquals(List.of(new ByteRange(0, 2L * CHUNK)), compare(changed).ranges());

        RecoveryPoint large = bench.backUp("large", "1", new byte[400 * CHUNK]).point();
        byte[] spots = new byte[400 * CHUNK];
        for (int block = 0; block < 400; block += 2) {
            spots[block * CHUNK] = 1;
        }
        try (DiskSource source = new FakeDisk(spots)) {
            Mismatch found = bench.datastore().compare(large, source, Watch.NONE);
            assertEquals(AffectedPoint.RANGES_MAX, found.ranges().size());
            assertEquals(200 - AffectedPoint.RANGES_MAX, found.moreRanges());
        }
    }

    @Test
    void aDiskOfAnotherSizeIsAnotherDisk() throws Exception {
        assertEquals(
                List.of(new ByteRange(0, LENGTH)),
                compare(Arrays.copyOf(content, LENGTH - 1)).ranges());
    }

    @Test
    void canBeCancelled() {
        Watch cancelled = new Watch() {
            @Override
            public void progress(long doneBytes, long totalBytes) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThrows(
                CancellationException.class, () -> bench.datastore().compare(point, new FakeDisk(content), cancelled));
    }
}
