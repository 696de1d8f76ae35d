package io.diskvault.engine.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkHasher;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.chunk.ChunkSealer;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackTest {

    private static final int MAX = 4096;
    private static final PackId ID = new PackId(0x3f9c_0000_0000_0001L, 2);
    private static final DataKey KEY = DataKey.create(bytes -> Arrays.fill(bytes, (byte) 9));

    @TempDir
    Path path;

    private final List<byte[]> contents = new ArrayList<>();
    private List<PackEntry> written = List.of();

    @BeforeEach
    void writeAPack() throws IOException {
        Random random = new Random(1);
        ChunkHasher hasher = new ChunkHasher(KEY.chunkIdKey());
        PackWriter pack = PackWriter.create(directory(), ID, PackKind.CONTENT, KEY.packKey(ID.bytes()), MAX);
        try (ChunkSealer sealer = new ChunkSealer(MAX)) {
            for (int length : new int[] {1, 100, MAX, 3000}) {
                byte[] plain = new byte[length];
                random.nextBytes(plain);
                contents.add(plain);
                pack.append(hasher.id(plain, 0, length), plain, 0, length, sealer);
            }
        }
        written = pack.finish();
    }

    private LocalDirectory directory() {
        return new LocalDirectory(path);
    }

    private Path file() {
        return path.resolve(ID.file());
    }

    private byte[] read(PackEntry entry) throws Exception {
        byte[] plain = new byte[MAX];
        try (PackReader reader = new PackReader(directory(), KEY, MAX)) {
            int length = reader.read(entry.id(), entry.place(), plain);
            return Arrays.copyOf(plain, length);
        }
    }

    @Test
    void givesBackItsChunks() throws Exception {
        for (int i = 0; i < contents.size(); i++) {
            assertArrayEquals(contents.get(i), read(written.get(i)));
        }
    }

    @Test
    void saysWithoutAKeyWhatItHolds() throws Exception {
        List<PackEntry> table = PackTable.read(directory(), ID);

        assertEquals(written, table);
        byte[] file = Files.readAllBytes(file());
        for (PackEntry entry : table) {
            ChunkPlace place = entry.place();
            assertEquals(entry.checksum(), Checksum.crc32c(file, place.offset(), place.sealedLength()));
        }
    }

    @Test
    void liesUnderItsIdAndNowhereUnfinished() {
        assertEquals("packs/3f/3f9c0000000000010000000000000002.pack", ID.file());
        assertEquals(Optional.of(ID), PackId.ofFileName("3f9c0000000000010000000000000002.pack"));
        assertEquals(Optional.empty(), PackId.ofFileName("3f9c0000000000010000000000000002.pack.unfinished"));
        assertEquals(Optional.empty(), PackId.ofFileName("3F9C0000000000010000000000000002.pack"));
        assertEquals(Optional.empty(), PackId.ofFileName("zf9c0000000000010000000000000002.pack"));
        assertFalse(Files.exists(path.resolve(ID.file() + ".unfinished")));
    }

    @Test
    void leavesNothingWhenItIsDiscarded() throws Exception {
        PackId other = new PackId(1, 1);
        PackWriter pack = PackWriter.create(directory(), other, PackKind.MANIFEST, KEY.packKey(other.bytes()), MAX);

        pack.discard();

        assertEquals(List.of(), directory().list(other.directory()));
    }

    @Test
    void findsEveryFlippedBitInTableOrChunks() throws Exception {
        byte[] whole = Files.readAllBytes(file());
        int chunksEnd = whole.length - PackFormat.FOOTER_BYTES - written.size() * PackEntry.BYTES;
        Random random = new Random(2);
        for (int i = 0; i < 1500; i++) {
            int at = i < PackFormat.HEADER_BYTES
                    ? i
                    : i < 500 ? chunksEnd + random.nextInt(whole.length - chunksEnd) : random.nextInt(whole.length);
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Files.write(file(), damaged);

            CorruptDatastoreException error =
                    assertThrows(CorruptDatastoreException.class, this::readEverything, "byte " + at);
            assertTrue(error.getMessage().contains(ID.file()), error.getMessage());
        }
    }

    @Test
    void findsTruncation() throws Exception {
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(file(), Arrays.copyOf(whole, length));

            assertThrows(CorruptDatastoreException.class, this::readEverything);
        }
    }

    private void readEverything() throws Exception {
        PackTable.read(directory(), ID);
        for (PackEntry entry : written) {
            read(entry);
        }
    }

    @Test
    void refusesAPackThatStandsInForAnother() throws Exception {
        PackId other = new PackId(0x3f9c_0000_0000_0001L, 3);
        Files.copy(file(), path.resolve(other.file()));
        PackEntry first = written.getFirst();
        ChunkPlace moved =
                new ChunkPlace(other, first.place().offset(), first.place().sealedLength(), 1);

        CorruptDatastoreException table =
                assertThrows(CorruptDatastoreException.class, () -> PackTable.read(directory(), other));
        CorruptDatastoreException chunk = assertThrows(
                CorruptDatastoreException.class, () -> read(new PackEntry(first.id(), moved, first.checksum())));

        assertTrue(table.getMessage().contains("is in the wrong place"), table.getMessage());
        assertTrue(chunk.getMessage().contains("is in the wrong place"), chunk.getMessage());
    }

    @Test
    void refusesPlacesThatMakeNoSense() {
        ChunkId id = written.getFirst().id();
        for (ChunkPlace place : List.of(
                new ChunkPlace(ID, 40, 1 << 30, 1),
                new ChunkPlace(ID, 40, -1, 1),
                new ChunkPlace(ID, 40, 18, 1 << 30),
                new ChunkPlace(ID, 40, 18, -1),
                new ChunkPlace(ID, 1 << 30, 18, 1),
                new ChunkPlace(new PackId(5, 5), 40, 18, 1))) {
            assertThrows(CorruptDatastoreException.class, () -> read(new PackEntry(id, place, 0)));
        }
    }
}
