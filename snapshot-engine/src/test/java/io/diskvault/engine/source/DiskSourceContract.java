package io.diskvault.engine.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every [DiskSource] must do, the real one and the one that tests play with.
interface DiskSourceContract {

    int BLOCK = 1 << 16;

    /// A disk with this content; blocks of zeros are holes where that is possible.
    DiskSource disk(byte[] content) throws IOException;

    private static byte[] sparse() {
        byte[] content = new byte[10 * BLOCK + 5];
        Arrays.fill(content, 2 * BLOCK, 4 * BLOCK, (byte) 1);
        Arrays.fill(content, 7 * BLOCK, 8 * BLOCK, (byte) 2);
        content[10 * BLOCK + 4] = 3;
        return content;
    }

    private static List<Extent> extents(DiskSource source) throws IOException {
        List<Extent> extents = new ArrayList<>();
        Optional<Extent> extent = source.dataFrom(0);
        while (extent.isPresent()) {
            extents.add(extent.get());
            extent = source.dataFrom(extent.get().end());
        }
        return extents;
    }

    @Test
    default void findsTheDataBetweenTheHoles() throws IOException {
        try (DiskSource source = disk(sparse())) {
            assertEquals(10 * BLOCK + 5, source.sizeBytes());
            assertEquals(
                    List.of(
                            new Extent(2L * BLOCK, 2L * BLOCK),
                            new Extent(7L * BLOCK, BLOCK),
                            new Extent(10L * BLOCK, 5)),
                    extents(source));
            assertEquals(Optional.of(new Extent(3L * BLOCK, BLOCK)), source.dataFrom(3L * BLOCK));
        }
    }

    @Test
    default void readsWhatIsThere() throws IOException {
        byte[] content = sparse();
        try (DiskSource source = disk(content)) {
            for (Extent extent : extents(source)) {
                ByteBuffer bytes = ByteBuffer.allocate((int) extent.length());
                source.read(bytes, extent.offset());
                assertArrayEquals(
                        Arrays.copyOfRange(content, (int) extent.offset(), (int) extent.end()), bytes.array());
            }
            assertThrows(EOFException.class, () -> source.read(ByteBuffer.allocate(6), 10L * BLOCK));
        }
    }

    @Test
    default void findsNothingInAnEmptyDiskOrPastTheEnd() throws IOException {
        try (DiskSource empty = disk(new byte[0]);
                DiskSource zeros = disk(new byte[3 * BLOCK])) {
            assertEquals(0, empty.sizeBytes());
            assertEquals(Optional.empty(), empty.dataFrom(0));
            assertEquals(Optional.empty(), zeros.dataFrom(0));
            assertEquals(Optional.empty(), zeros.dataFrom(3L * BLOCK));
        }
    }

    @Test
    default void isUnchangedAtFirst() throws IOException {
        try (DiskSource source = disk(sparse())) {
            assertFalse(source.changedSinceOpened());
        }
    }
}
