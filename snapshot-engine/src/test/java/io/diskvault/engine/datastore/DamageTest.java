package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.WrongKeyException;
import io.diskvault.engine.index.FragmentWriter;
import io.diskvault.engine.index.IndexEntry;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages the files of a datastore in every way that disks and people do. Nothing damaged may ever be restored.
class DamageTest {

    private static final byte[] CONTENT = content();

    @TempDir
    Path directory;

    private Workbench bench;
    private Path store;

    /// Two leaves and a root, with text that is compressed and noise that is not.
    private static byte[] content() {
        byte[] content = new byte[70 * CHUNK];
        Arrays.fill(content, 0, CHUNK, (byte) 'x');
        System.arraycopy(noise(1000, 1), 0, content, 3 * CHUNK, 1000);
        System.arraycopy(noise(3000, 2), 0, content, 69 * CHUNK, 3000);
        return content;
    }

    @BeforeEach
    void backUp() throws Exception {
        bench = Workbench.in(directory);
        store = bench.datastore().directory();
        bench.backUp("disk", "1", CONTENT);
    }

    private List<Path> files(String inside) throws IOException {
        try (Stream<Path> files = Files.walk(store.resolve(inside))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// Opens everything anew and restores; gives the content or fails as a damaged datastore must.
    private byte[] restored() throws IOException, DatastoreException {
        Datastore datastore = Datastore.open(store, bench.key());
        RecoveryPoint point = datastore.recoveryPoints().getFirst();
        MemoryTarget[] target = new MemoryTarget[1];
        datastore.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Watch.NONE);
        return target[0].content;
    }

    private void replace(Path file, byte[] content) throws IOException {
        // A file in place of the old one, not a change of it: what is mapped must not change.
        Files.delete(file);
        Files.write(file, content);
    }

    @Test
    void neverRestoresAFlippedBit() throws Exception {
        Random random = new Random(7);
        int found = 0;
        int harmless = 0;
        for (Path file : files("")) {
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < 250; i++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                replace(file, damaged);
                try {
                    assertArrayEquals(CONTENT, restored(), file.toString());
                    harmless++;
                } catch (DatastoreException e) {
                    assertTrue(!e.getMessage().isBlank());
                    found++;
                }
            }
            replace(file, whole);
        }
        assertArrayEquals(CONTENT, restored());
        System.out.println("Flipped bits: " + found + " stopped a restore, " + harmless + " did not touch it");
        assertTrue(found > harmless / 2);
    }

    @Test
    void namesTheFileThatIsTruncated() throws Exception {
        for (Path file : files("")) {
            byte[] whole = Files.readAllBytes(file);
            // Too short for the first thing in it; a longer rest of a pack may still hold all its chunks.
            for (int length : new int[] {0, 1, 17, 41}) {
                replace(file, Arrays.copyOf(whole, length));

                CorruptDatastoreException error =
                        assertThrows(CorruptDatastoreException.class, this::restored, file + " cut to " + length);
                assertTrue(error.getMessage().contains(file.getFileName().toString()), error.getMessage());
            }
            replace(file, whole);
        }
    }

    @Test
    void neverRestoresHalfAFile() throws Exception {
        for (Path file : files("")) {
            byte[] whole = Files.readAllBytes(file);
            replace(file, Arrays.copyOf(whole, whole.length / 2));
            try {
                assertArrayEquals(CONTENT, restored(), file.toString());
            } catch (CorruptDatastoreException e) {
                assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
            }
            replace(file, whole);
        }
    }

    @Test
    void saysWhichChunkOrPackIsMissing() throws Exception {
        for (Path file : files("packs")) {
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, this::restored);
            assertTrue(error.getMessage().contains(file.getFileName() + " is missing"), error.getMessage());
            Files.write(file, whole);
        }
        Files.delete(files("index").getFirst());
        CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, this::restored);
        assertTrue(error.getMessage().contains("No index fragment knows it"), error.getMessage());
        assertTrue(error.getMessage().contains("run: diskvault datastore rebuild-index " + store), error.getMessage());
    }

    @Test
    void refusesPacksThatWereExchanged() throws Exception {
        List<Path> packs = files("packs");
        byte[] first = Files.readAllBytes(packs.get(0));
        replace(packs.get(0), Files.readAllBytes(packs.get(1)));
        replace(packs.get(1), first);

        CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, this::restored);

        assertTrue(error.getMessage().contains("is in the wrong place"), error.getMessage());
    }

    @Test
    void refusesARecordUnderAnotherName() throws Exception {
        Path record = files("points").getFirst();
        Files.copy(record, record.resolveSibling("2.point"));
        Files.createDirectory(store.resolve("points/other"));
        Files.copy(record, store.resolve("points/other/1.point"));

        Datastore datastore = Datastore.open(store, bench.key());
        assertThrows(CorruptDatastoreException.class, () -> datastore.recoveryPoint("disk", new RecoveryPointId("2")));
        assertThrows(CorruptDatastoreException.class, () -> datastore.recoveryPoints("other"));
    }

    @Test
    void listsTheOtherRecoveryPointsBesideADamagedRecord() throws Exception {
        RecoveryPoint second = bench.backUp("disk", "2", CONTENT).point();
        Path record = store.resolve("points/disk/1.point");
        byte[] bytes = Files.readAllBytes(record);
        bytes[40] ^= 1;
        replace(record, bytes);
        Files.writeString(store.resolve("points/disk/Not An Id.point"), "?");

        PointListing listing = bench.datastore().listPoints();

        assertEquals(List.of(second), listing.points());
        assertEquals(2, listing.unreadable().size());
        assertThrows(CorruptDatastoreException.class, () -> bench.datastore().recoveryPoints("disk"));
        assertArrayEquals(CONTENT, bench.restored(second));
        assertEquals(
                second.id(), bench.backUp("disk", "3", CONTENT).point().parent().orElseThrow());
    }

    @Test
    void healsADamagedBaseWithTheNextBackup() throws Exception {
        for (Path pack : files("packs")) {
            byte[] bytes = Files.readAllBytes(pack);
            // Manifest packs are of kind 2, which stands in the last byte before the header's checksum.
            if (bytes[35] == 2) {
                for (int at = 40; at < bytes.length - 40; at += 5) {
                    bytes[at] ^= 1;
                }
                replace(pack, bytes);
            }
        }
        assertThrows(CorruptDatastoreException.class, this::restored);

        RecoveryPoint second = bench.backUp("disk", "2", CONTENT).point();

        assertArrayEquals(CONTENT, bench.restored(second));
        // The nodes are the same, so the older point is whole again, too.
        assertArrayEquals(
                CONTENT, bench.restored(bench.datastore().recoveryPoints().getLast()));
    }

    @Test
    void hasItsIndexMadeAnewFromThePacksWithoutTheKey() throws Exception {
        Path fragment = files("index").getFirst();
        byte[] lost = Files.readAllBytes(fragment);
        Files.delete(fragment);
        LocalDirectory raw = new LocalDirectory(store);
        SortedSet<IndexEntry> entries = new TreeSet<>();
        for (Path pack : files("packs")) {
            PackId id = PackId.ofFileName(pack.getFileName().toString()).orElseThrow();
            PackTable.read(raw, id).forEach(entry -> entries.add(new IndexEntry(entry.id(), entry.place())));
        }

        FragmentWriter.write(raw, entries, Randomness.secure());

        assertArrayEquals(lost, Files.readAllBytes(files("index").getFirst()));
        assertArrayEquals(CONTENT, restored());
    }

    @Test
    void refusesAnotherKeyBeforeItReadsAnything() throws Exception {
        KeyFile other = KeyFile.create(directory.resolve("other-key"));
        for (Path file : files("points")) {
            replace(file, new byte[3]);
        }

        assertThrows(WrongKeyException.class, () -> Datastore.open(store, other));
    }
}
