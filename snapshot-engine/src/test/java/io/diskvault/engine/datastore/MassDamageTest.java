package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.DataKey;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.store.StoreLimits;
import io.diskvault.engine.verify.AffectedPoint;
import io.diskvault.engine.verify.ByteRange;
import io.diskvault.engine.verify.Finding;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages the files of one datastore a few thousand times, in every kind of way, and each time asks the verification
/// which recovery points and which parts of them are affected. [DamageOracle] knows the answer, and a restore of each
/// point must agree with it.
class MassDamageTest {

    private static final StoreLimits SMALL = new StoreLimits(15_000, 12, 2);
    private static final VerifyOptions FULL = new VerifyOptions(VerifyOptions.Depth.FULL, false);
    private static final VerifyOptions STRUCTURE = new VerifyOptions(VerifyOptions.Depth.STRUCTURE, false);

    /// The oracle has read every block already, as a restore would.
    private static final int RESTORES_EVERY = 4;

    @TempDir
    Path directory;

    private Path store;
    private KeyFile keyFile;
    private DataKey key;

    /// Opened while everything was whole, as a server would have it.
    private Datastore datastore;

    private final Map<RecoveryPoint, byte[]> points = new LinkedHashMap<>();
    private final Map<Path, byte[]> files = new LinkedHashMap<>();

    private int tries;
    private int affecting;
    private int harmless;

    @BeforeEach
    void fill() throws Exception {
        keyFile = KeyFile.create(directory.resolve("key"));
        store = Files.createDirectory(directory.resolve("store"));
        datastore = Datastore.create(place(), ChunkSize.DEFAULT, keyFile);
        DatastoreFile description =
                DatastoreFile.decode(Files.readAllBytes(store.resolve(DatastoreFile.NAME)), "store");
        key = new SealedKeys(new LocalDirectory(store), store)
                .open(description, keyFile)
                .dataKey();
        byte[] content = new byte[66 * CHUNK + 999];
        for (int i = 0; i < 22; i++) {
            System.arraycopy(noise(900 + 40 * i, i), 0, content, 3 * i * CHUNK + 77, 900 + 40 * i);
        }
        Arrays.fill(content, 66 * CHUNK, content.length, (byte) 7);
        backUp("web", "1", content);
        for (int block : new int[] {10, 45, 64}) {
            System.arraycopy(noise(2000, 100 + block), 0, content, block * CHUNK, 2000);
        }
        backUp("web", "2", content);
        byte[] other = Arrays.copyOf(content, 65 * CHUNK + 5);
        System.arraycopy(noise(3000, 7), 0, other, 20 * CHUNK, 3000);
        backUp("db", "1", other);
        leaveAListOfDamage();
        for (Path file : filesIn("")) {
            files.put(file, Files.readAllBytes(file));
        }
        VerifyResult result = datastore.verify(FULL, Watch.NONE);
        assertTrue(result.isClean(), result.findings().toString());
        assertEquals(3, result.points());
        assertTrue(result.packs() >= 6, "Several packs are needed, not " + result.packs());
        assertTrue(filesIn("index").size() >= 3, "Several fragments are needed");
        assertEquals(result.chunks(), result.openedChunks());
    }

    @AfterEach
    void isWholeAgain() throws Exception {
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            assertArrayEquals(file.getValue(), Files.readAllBytes(file.getKey()));
        }
        assertTrue(datastore.verify(FULL, Watch.NONE).isClean());
    }

    private Datastore.Place place() {
        return new Datastore.Place(
                store, new LocalDirectory(store), Randomness.secure(), _ -> new EngineLimits(1, SMALL));
    }

    private void backUp(String disk, String id, byte[] content) throws IOException, DatastoreException {
        RecoveryPoint point = datastore
                .backUp(Workbench.request(disk, id), new FakeDisk(content), Watch.NONE)
                .point();
        points.put(point, content.clone());
    }

    /// A pack was damaged, that was written down, and then the pack was copied back: the list alone is left.
    private void leaveAListOfDamage() throws Exception {
        Path pack = filesIn("packs").getFirst();
        byte[] whole = Files.readAllBytes(pack);
        replace(pack, flipped(whole, 50, 1));
        assertFalse(datastore.verify(VerifyOptions.FULL, Watch.NONE).isClean());
        replace(pack, whole);
        assertEquals(1, filesIn("damaged").size());
    }

    private List<Path> filesIn(String inside) throws IOException {
        try (Stream<Path> found = Files.walk(store.resolve(inside))) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static byte[] flipped(byte[] whole, int at, int bit) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        return damaged;
    }

    /// A file in place of the old one, not a change of it: what is mapped must not change.
    private static void replace(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, content);
    }

    private byte[] whole(Path file) {
        return Objects.requireNonNull(files.get(file));
    }

    private String name(Path file) {
        return store.relativize(file).toString();
    }

    private boolean isIn(Path file, String folder) {
        return name(file).startsWith(folder + "/");
    }

    /// Verifies what is damaged now, and compares the answer with the truth.
    ///
    /// @return what was found
    private VerifyResult verified(String what) throws IOException, DatastoreException {
        VerifyResult result = datastore.verify(FULL, Watch.NONE);
        tries++;
        if (result.pointsAreWhole()) {
            harmless++;
        } else {
            affecting++;
        }
        Map<String, AffectedPoint> affected = new HashMap<>();
        result.affected().forEach(point -> affected.put(point.disk() + "/" + point.id(), point));
        assertEquals(result.affected().size(), affected.size(), what + ": " + result.affected());
        for (Map.Entry<RecoveryPoint, byte[]> entry : points.entrySet()) {
            RecoveryPoint point = entry.getKey();
            Optional<AffectedPoint> found = Optional.ofNullable(affected.get(point.disk() + "/" + point.id()));
            List<ByteRange> lost = List.of();
            if (!found.map(AffectedPoint::isWhole).orElse(false)) {
                try (DamageOracle oracle = new DamageOracle(new LocalDirectory(store), key, CHUNK)) {
                    lost = oracle.lost(point, entry.getValue());
                }
                assertEquals(lost, found.map(AffectedPoint::ranges).orElse(List.of()), what + ": " + result.findings());
            }
            if (tries % RESTORES_EVERY == 0) {
                assertEquals(
                        found.isEmpty(), restores(point, entry.getValue()), what + ", " + point.id() + ": " + result);
                if (!lost.isEmpty()) {
                    restoresWhatIsWhole(point, entry.getValue(), lost, what);
                }
            }
        }
        return result;
    }

    /// Restores with everything opened anew. Answers whether that succeeded; what is wrong then fails the test.
    private boolean restores(RecoveryPoint point, byte[] expected) throws IOException {
        MemoryTarget[] target = new MemoryTarget[1];
        try {
            Datastore opened = Datastore.open(place(), keyFile);
            opened.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Watch.NONE);
        } catch (DatastoreException e) {
            assertFalse(e.getMessage().isBlank());
            return false;
        }
        assertArrayEquals(expected, target[0].content, "A damaged disk was restored");
        return true;
    }

    /// Restores without what is lost, which must be named, and be zeros.
    private void restoresWhatIsWhole(RecoveryPoint point, byte[] expected, List<ByteRange> lost, String what)
            throws IOException, DatastoreException {
        byte[] rest = expected.clone();
        lost.forEach(range -> Arrays.fill(rest, (int) range.start(), (int) range.end(), (byte) 0));
        MemoryTarget[] target = new MemoryTarget[1];
        Datastore opened = Datastore.open(place(), keyFile);
        try {
            RestoreResult result =
                    opened.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.CONTINUE, Watch.NONE);
            assertEquals(lost, result.damaged().ranges(), what);
            assertArrayEquals(rest, target[0].content, what);
            assertTrue(target[0].committed);
        } catch (CorruptDatastoreException e) {
            assertArrayEquals(new byte[rest.length], rest, what + ": " + e.getMessage());
        }
    }

    private static void assertNames(VerifyResult result, String file, String what) {
        assertTrue(
                result.findings().stream().map(Finding::file).anyMatch(file::equals),
                what + " was not found: " + result.findings());
    }

    private void print(String kind) {
        assertTrue(tries > 0 && affecting > 0 && harmless >= 0, "Nothing was tried");
        System.out.println("VERIFY " + kind + ": " + tries + " tried, all found; " + affecting
                + " affected recovery points, " + harmless + " did not");
    }

    @Test
    void findsAThousandFlippedBits() throws Exception {
        Random random = new Random(3);
        List<Path> names = List.copyOf(files.keySet());
        Map<String, Integer> kinds = new HashMap<>();
        int contentOnly = 0;
        for (int i = 0; i < 1000; i++) {
            // Every file as often as the others, however short it is.
            Path file = names.get(i % names.size());
            byte[] whole = whole(file);
            int at = random.nextInt(whole.length);
            String what = "Bit flipped in " + name(file) + " at " + at;
            boolean structure = isStructure(file, at);
            replace(file, flipped(whole, at, random.nextInt(Byte.SIZE)));
            VerifyResult result = verified(what);
            assertNames(result, name(file), what);
            VerifyResult quick = datastore.verify(STRUCTURE, Watch.NONE);
            if (structure) {
                assertNames(quick, name(file), what + ", structure");
                assertEquals(result.affected(), quick.affected(), what);
            } else {
                contentOnly++;
            }
            replace(file, whole);
            kinds.merge(name(file).replaceAll("/.*", ""), 1, Integer::sum);
        }
        assertEquals(Set.of("datastore.json", "keys", "packs", "index", "points", "damaged"), kinds.keySet());
        assertTrue(contentOnly > 100 && contentOnly < 900);
        assertTrue(harmless > 0);
        print("flipped bits " + kinds + ", " + (1000 - contentOnly) + " of them in structure");
    }

    /// Whether a byte is anything but content of a disk.
    private boolean isStructure(Path file, int at) throws Exception {
        if (!isIn(file, "packs")) {
            return true;
        }
        byte[] whole = whole(file);
        PackId id = PackId.ofFileName(file.getFileName().toString()).orElseThrow();
        boolean manifests = whole[35] == 2;
        int end = PackTable.read(new LocalDirectory(store), id).stream()
                .mapToInt(entry -> entry.place().offset() + entry.place().sealedLength())
                .max()
                .orElseThrow();
        return manifests || at < 40 || at >= end;
    }

    @Test
    void findsTruncationsAtManyLengths() throws Exception {
        Random random = new Random(4);
        for (Map.Entry<Path, byte[]> entry : files.entrySet()) {
            byte[] whole = entry.getValue();
            List<Integer> lengths = new ArrayList<>(List.of(0, 1, 16, 36, 40, 41, whole.length / 2));
            lengths.addAll(
                    List.of(whole.length - 40, whole.length - 32, whole.length - 1, random.nextInt(whole.length)));
            for (int length : lengths) {
                if (length < whole.length) {
                    replace(entry.getKey(), Arrays.copyOf(whole, length));
                    String what = name(entry.getKey()) + " cut to " + length;
                    assertNames(verified(what), name(entry.getKey()), what);
                    assertNames(datastore.verify(STRUCTURE, Watch.NONE), name(entry.getKey()), what + ", structure");
                }
            }
            // And one that became longer.
            replace(entry.getKey(), Arrays.copyOf(whole, whole.length + 1));
            assertNames(verified("longer"), name(entry.getKey()), name(entry.getKey()) + " with a byte more");
            replace(entry.getKey(), whole);
        }
        print("truncations");
    }

    @Test
    void findsDeletedFiles() throws Exception {
        int removals = 0;
        for (Map.Entry<Path, byte[]> entry : files.entrySet()) {
            Path file = entry.getKey();
            String what = name(file) + " deleted";
            Files.delete(file);
            if (isIn(file, "points")) {
                // To delete a record is to remove the recovery point, and that is all it does.
                VerifyResult result = datastore.verify(FULL, Watch.NONE);
                assertTrue(result.isClean() && result.points() == 2, what);
                removals++;
            } else if (isIn(file, "damaged")) {
                // A list says only what the verification finds by itself.
                assertTrue(datastore.verify(FULL, Watch.NONE).isClean(), what);
                removals++;
            } else {
                VerifyResult result = verified(what);
                assertFalse(result.pointsAreWhole(), what);
                assertNames(result, isIn(file, "index") ? "index" : isIn(file, "keys") ? "keys" : name(file), what);
                VerifyResult quick = datastore.verify(STRUCTURE, Watch.NONE);
                assertEquals(result.affected(), quick.affected(), what);
            }
            replace(file, entry.getValue());
        }
        assertEquals(4, removals);
        print("deletions");
    }

    @Test
    void findsFilesThatWereExchanged() throws Exception {
        List<Path> names = List.copyOf(files.keySet());
        int sameKind = 0;
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                Path first = names.get(i);
                Path second = names.get(j);
                String what = name(first) + " and " + name(second) + " exchanged";
                replace(first, whole(second));
                replace(second, whole(first));
                if (isIn(first, "index") && isIn(second, "index")) {
                    // Their names mean nothing, so nothing has changed.
                    VerifyResult same = datastore.verify(FULL, Watch.NONE);
                    assertTrue(same.isClean(), what + same.findings());
                    replace(first, whole(first));
                    replace(second, whole(second));
                    continue;
                }
                VerifyResult result = verified(what);
                assertNames(result, name(first), what);
                assertNames(result, name(second), what);
                boolean alike =
                        name(first).replaceAll("/.*", "").equals(name(second).replaceAll("/.*", ""));
                if (alike) {
                    sameKind++;
                    for (Path file : List.of(first, second)) {
                        assertTrue(
                                result.findings().stream()
                                        .anyMatch(finding -> finding.file().equals(name(file))
                                                && finding.kind() == Finding.Kind.MISPLACED),
                                what + ": " + result.findings());
                    }
                }
                replace(first, whole(first));
                replace(second, whole(second));
            }
        }
        assertTrue(sameKind > 10);
        print("swaps, " + sameKind + " of them of files of one kind,");
    }
}
