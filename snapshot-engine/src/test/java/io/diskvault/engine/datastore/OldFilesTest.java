package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.CollectBench.NEW;
import static io.diskvault.engine.datastore.CollectBench.OLD;
import static io.diskvault.engine.datastore.CollectBench.half;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.verify.AffectedPoint;
import io.diskvault.engine.verify.Finding;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of an earlier moment that are put back, by somebody who restores a part of a datastore from a copy of it, or
/// by a file system that forgets. Each is whole, so no checksum tells; it is found and named, or harms nobody.
class OldFilesTest {

    @TempDir
    Path path;

    private CollectBench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = CollectBench.in(path);
    }

    /// All files in a directory of the datastore as they are now.
    private Map<Path, byte[]> saved(String name) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(bench.store().resolve(name))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    /// Other files than those that there are: what is mapped must not change.
    private static void putBack(Map<Path, byte[]> saved) throws IOException {
        for (Map.Entry<Path, byte[]> file : saved.entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.deleteIfExists(file.getKey());
            Files.write(file.getKey(), file.getValue());
        }
    }

    /// And those that are there and were not then go.
    private void putBackAll(String name, Map<Path, byte[]> saved) throws IOException {
        for (Path file : saved(name).keySet()) {
            Files.delete(file);
        }
        putBack(saved);
    }

    private VerifyResult verify() throws Exception {
        return bench.other().verify(VerifyOptions.FULL, Watch.NONE);
    }

    private void assertVerifiesClean() throws Exception {
        VerifyResult result = verify();
        assertTrue(result.isClean(), result::toString);
    }

    private static List<String> affected(VerifyResult result) {
        return result.affected().stream()
                .map(AffectedPoint::id)
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private RecoveryPoint point(String id) throws Exception {
        return bench.other().recoveryPoint("disk", new RecoveryPointId(id)).orElseThrow();
    }

    @Test
    void aRecordWhoseChunksWereCollectedIsNamedAndHarmsOnlyItself() throws Exception {
        bench.backUp("disk", "1", OLD);
        Map<Path, byte[]> record = saved("points");
        bench.backUp("disk", "2", half());
        bench.remove("1");
        bench.collect();
        putBack(record);

        assertEquals(List.of("1"), affected(verify()));
        assertThrows(CorruptDatastoreException.class, () -> bench.restored(point("1")));
        assertArrayEquals(half(), bench.restored(point("2")));
        assertThrows(CorruptDatastoreException.class, bench::collect);
        bench.remove("1");
        bench.collect();
        assertVerifiesClean();
        assertArrayEquals(half(), bench.restored(point("2")));
    }

    @Test
    void aRecordWhoseChunksAreStillThereIsThatRecoveryPointAgain() throws Exception {
        bench.backUp("disk", "1", OLD);
        Map<Path, byte[]> record = saved("points");
        bench.remove("1");
        bench.backUp("disk", "1", NEW);
        putBack(record);

        assertVerifiesClean();
        assertArrayEquals(OLD, bench.restored(point("1")));
        bench.collect();
        assertVerifiesClean();
        assertArrayEquals(OLD, bench.restored(point("1")));
    }

    /// Nobody relies on a pack that does not exist, and the next collection that deletes something takes it out of the
    /// index.
    @Test
    void aFragmentThatNamesDeletedPacksIsFoundAndHarmsNobody() throws Exception {
        bench.backUp("disk", "1", OLD);
        Map<Path, byte[]> fragments = saved("index");
        List<String> packs = bench.packs().stream().map(PackId::file).toList();
        bench.remove("1");
        bench.collect();
        putBack(fragments);

        VerifyResult result = verify();
        assertTrue(result.pointsAreWhole(), result::toString);
        assertEquals(
                packs, result.findings().stream().map(Finding::file).sorted().toList());
        assertTrue(result.findings().stream().allMatch(finding -> finding.kind() == Finding.Kind.MISSING));
        assertArrayEquals(OLD, bench.restored(bench.backUp("disk", "2", OLD).point()));
        bench.backUp("disk", "3", half());
        bench.remove("2");
        bench.collect();
        assertVerifiesClean();
        assertArrayEquals(half(), bench.restored(point("3")));
    }

    @Test
    void anIndexOfAnEarlierMomentIsNamedWithEverythingThatIsMissingInIt() throws Exception {
        bench.backUp("disk", "1", OLD);
        Map<Path, byte[]> fragments = saved("index");
        bench.backUp("disk", "2", half());
        putBackAll("index", fragments);

        VerifyResult result = verify();
        assertEquals(List.of("2"), affected(result));
        assertEquals(
                List.of("index"), result.findings().stream().map(Finding::file).toList());
        assertThrows(CorruptDatastoreException.class, bench::collect);
        assertArrayEquals(OLD, bench.restored(point("1")));
        Datastore.rebuildIndex(bench.store(), Watch.NONE);
        assertVerifiesClean();
        assertArrayEquals(half(), bench.restored(point("2")));
    }

    /// No index fragment names it; the next collection deletes it again.
    @Test
    void aPackThatWasDeletedHarmsNobody() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.backUp("disk", "2", half());
        Map<Path, byte[]> packs = saved("packs");
        bench.remove("1");
        bench.collect();
        int left = bench.packs().size();
        putBack(packs);

        assertVerifiesClean();
        bench.collect();
        assertEquals(left, bench.packs().size());
        assertArrayEquals(half(), bench.restored(point("2")));
    }

    /// What it says was damaged once, is stored once more at worst.
    @Test
    void aListOfDamageThatIsHealedHarmsNobody() throws Exception {
        bench.backUp("disk", "1", OLD);
        Map<Path, byte[]> packs = saved("packs");
        damage(bench.packFiles().getFirst());
        verify();
        Map<Path, byte[]> list = saved("damaged");
        putBack(packs);
        assertVerifiesClean();
        assertEquals(Map.of(), saved("damaged"));
        putBack(list);

        assertArrayEquals(OLD, bench.restored(point("1")));
        assertTrue(bench.backUp("disk", "2", OLD).healedChunks() > 0);
        bench.collect();
        assertVerifiesClean();
        assertArrayEquals(OLD, bench.restored(point("2")));
    }

    @Test
    void damageThatAnEarlierListDoesNotKnowIsFoundAgain() throws Exception {
        bench.backUp("disk", "1", OLD);
        List<Path> packs = bench.packFiles();
        damage(packs.getFirst());
        verify();
        Map<Path, byte[]> first = saved("damaged");
        damage(packs.getLast());
        VerifyResult both = verify();
        Map<Path, byte[]> second = saved("damaged");
        assertFalse(first.keySet().equals(second.keySet()));
        putBackAll("damaged", first);

        assertEquals(both.findings(), verify().findings());
        assertEquals(second.keySet(), saved("damaged").keySet());
        assertTrue(bench.backUp("disk", "2", OLD).healedChunks() > 0);
        assertTrue(verify().pointsAreWhole());
    }

    private static void damage(Path pack) throws IOException {
        byte[] content = Files.readAllBytes(pack);
        content[60] ^= 1;
        Files.delete(pack);
        Files.write(pack, content);
    }

    /// The latest counts.
    @Test
    void anEarlierEpochBesideTheLatestHarmsNobody() throws Exception {
        Map<Path, byte[]> earlier = condemn("1");
        condemn("2");
        putBack(earlier);
        assertEquals(2, saved("epochs").size());

        assertVerifiesClean();
        // What the latest condemns is stored anew.
        assertTrue(bench.backUp("disk", "3", half()).point().storedBytes() > OLD.length / 4);
        bench.collect();
        assertVerifiesClean();
        assertArrayEquals(half(), bench.restored(point("3")));
    }

    /// What only the later one condemned counts as good again. It is: whoever deletes it finds out first, under an
    /// epoch that all who live know, what lives in it.
    @Test
    void anEarlierEpochInPlaceOfTheLatestHarmsNobody() throws Exception {
        Map<Path, byte[]> earlier = condemn("1");
        condemn("2");
        putBackAll("epochs", earlier);

        assertVerifiesClean();
        bench.backUp("disk", "3", half());
        bench.collect();
        assertVerifiesClean();
        assertArrayEquals(half(), bench.restored(point("3")));
        bench.collect();
        assertArrayEquals(half(), bench.restored(point("3")));
    }

    /// The same list of condemned packs, but it says that it is another's.
    @Test
    void anEarlierEpochUnderTheNameOfTheLatestIsNamedAndReplaced() throws Exception {
        Map<Path, byte[]> earlier = condemn("1");
        Path latest = condemn("2").keySet().iterator().next();
        byte[] content = earlier.values().iterator().next();
        putBackAll("epochs", Map.of(latest, content));

        VerifyResult result = verify();
        assertTrue(result.pointsAreWhole());
        assertEquals(
                List.of(bench.store().relativize(latest).toString()),
                result.findings().stream().map(Finding::file).toList());
        assertThrows(CorruptDatastoreException.class, () -> bench.backUp("disk", "3", OLD));
        bench.collect();
        assertVerifiesClean();
        assertArrayEquals(
                half(), bench.restored(bench.backUp("disk", "3", half()).point()));
    }

    /// Makes an epoch that condemns what only one recovery point needed, and nothing can be deleted yet.
    private Map<Path, byte[]> condemn(String id) throws Exception {
        bench.backUp("disk", id, id.equals("1") ? OLD : half());
        bench.remove(id);
        bench.backUp("slow", id, NEW, Steps.once(bench::collect));
        Map<Path, byte[]> epochs = saved("epochs");
        assertEquals(1, epochs.size());
        return epochs;
    }

    @Test
    void aLeaseHarmsNobody() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.remove("1");
        Map<Path, byte[]> leases = new TreeMap<>();
        bench.backUp("slow", "1", NEW, Steps.once(() -> leases.putAll(saved("leases"))));
        assertEquals(1, leases.size());
        putBack(leases);

        assertVerifiesClean();
        putBack(leases);
        assertEquals(List.of(), bench.collect().waitingFor());
        assertEquals(Map.of(), saved("leases"));
    }

    @Test
    void theDescriptionNeverChanges() throws Exception {
        byte[] created = Files.readAllBytes(bench.store().resolve(DatastoreFile.NAME));
        bench.backUp("disk", "1", OLD);
        bench.backUp("disk", "2", half());
        bench.remove("1");
        bench.collect();
        verify();
        Datastore.rebuildIndex(bench.store(), Watch.NONE);

        assertArrayEquals(created, Files.readAllBytes(bench.store().resolve(DatastoreFile.NAME)));
    }

    @Test
    void theDescriptionOfADatastoreThatWasThereBeforeIsNamed() throws Exception {
        bench.backUp("disk", "1", OLD);
        CollectBench before = CollectBench.in(Files.createDirectory(path.resolve("before")));
        Path description = bench.store().resolve(DatastoreFile.NAME);
        putBack(Map.of(description, Files.readAllBytes(before.store().resolve(DatastoreFile.NAME))));

        // By a server that has had it open since then; nobody else can open it.
        VerifyResult result = bench.datastore().verify(VerifyOptions.FULL, Watch.NONE);

        assertEquals(DatastoreFile.NAME, result.findings().getFirst().file());
        assertEquals(Finding.Kind.MISPLACED, result.findings().getFirst().kind());
    }
}
