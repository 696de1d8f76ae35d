package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.key.Randomness;
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
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a verification says of a datastore, whole and damaged, quiet and busy.
class VerifyTest {

    private static final StoreLimits SMALL = new StoreLimits(20_000, 1000, 2);

    @TempDir
    Path directory;

    private Path store;
    private KeyFile key;
    private FaultyReads files;
    private Datastore datastore;

    @BeforeEach
    void createDatastore() throws Exception {
        key = KeyFile.create(directory.resolve("key"));
        store = Files.createDirectory(directory.resolve("store"));
        files = new FaultyReads(new LocalDirectory(store));
        datastore = Datastore.create(
                new Datastore.Place(store, files, Randomness.secure(), _ -> new EngineLimits(2, SMALL)),
                ChunkSize.DEFAULT,
                key);
    }

    /// Blocks 0, 3, 6 … hold something, none of them the same.
    private static byte[] content(int seed) {
        byte[] content = new byte[70 * CHUNK];
        for (int block = 0; block < 70; block += 3) {
            System.arraycopy(noise(2000, 1000L * seed + block), 0, content, block * CHUNK, 2000);
        }
        return content;
    }

    private BackupResult backUp(String id, byte[] content) throws Exception {
        return datastore.backUp(Workbench.request("disk", id), new FakeDisk(content), Watch.NONE);
    }

    private VerifyResult verify() throws Exception {
        return datastore.verify(VerifyOptions.FULL, Watch.NONE);
    }

    private byte[] restored(RecoveryPoint point) throws Exception {
        MemoryTarget[] target = new MemoryTarget[1];
        datastore.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Watch.NONE);
        return target[0].content;
    }

    private List<Path> packs(int kind) throws IOException {
        List<Path> packs = new ArrayList<>();
        try (Stream<Path> found = Files.walk(store.resolve("packs"))) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                // The kind stands in the last byte before the header's checksum.
                if (Files.readAllBytes(file)[35] == kind) {
                    packs.add(file);
                }
            }
        }
        return packs;
    }

    private List<String> lists() throws IOException {
        return new LocalDirectory(store).list("damaged");
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
    }

    @Test
    void findsNothingInAWholeDatastoreAndWritesNothing() throws Exception {
        backUp("1", content(1));
        backUp("2", new byte[100]);
        backUp("3", new byte[0]);

        for (VerifyOptions options : List.of(VerifyOptions.STRUCTURE, VerifyOptions.FULL)) {
            VerifyResult result = datastore.verify(options, Watch.NONE);
            assertTrue(
                    result.isClean() && result.pointsAreWhole(),
                    result.findings().toString());
            assertEquals(3, result.points());
            assertEquals(0, result.unindexedPacks());
        }
        assertEquals(List.of(), lists());
    }

    @Test
    void opensEveryChunkOnceHoweverManyPointsShareIt() throws Exception {
        byte[] content = content(1);
        for (int i = 1; i <= 20; i++) {
            content[0] = (byte) i;
            backUp("" + i, content);
        }
        VerifyResult result = verify();

        // 24 blocks, 19 more of the first one, and for each point a root and a first leaf; one second leaf for all.
        assertEquals(24 + 19 + 2 * 20 + 1, result.openedChunks());
        assertEquals(result.chunks(), result.openedChunks());
        assertEquals(20, result.points());
    }

    @Test
    void reportsProgressToTheEndAndCanBeCancelled() throws Exception {
        backUp("1", content(1));
        List<Long> done = new ArrayList<>();
        long[] total = new long[1];
        datastore.verify(VerifyOptions.FULL, new Watch() {
            @Override
            public void progress(long doneBytes, long totalBytes) {
                done.add(doneBytes);
                total[0] = totalBytes;
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        });
        assertEquals(done.stream().sorted().distinct().toList(), done);
        assertEquals(total[0], done.getLast());
        assertThrows(
                CancellationException.class,
                () -> datastore.verify(VerifyOptions.FULL, new Watch() {
                    @Override
                    public void progress(long doneBytes, long totalBytes) {}

                    @Override
                    public boolean cancelled() {
                        return true;
                    }
                }));
        assertTrue(verify().isClean());
    }

    @Test
    void aDamagedChunkIsHealedByTheNextBackupForAllPoints() throws Exception {
        byte[] old = content(1);
        byte[] content = content(1);
        System.arraycopy(noise(2000, 5), 0, content, 3 * CHUNK, 2000);
        RecoveryPoint first = backUp("1", old).point();
        RecoveryPoint second = backUp("2", content).point();
        for (Path pack : packs(1)) {
            flip(pack, 60);
        }
        flip(packs(2).getFirst(), 60);
        VerifyResult damaged = verify();
        assertFalse(damaged.pointsAreWhole());
        assertEquals(2, damaged.affected().size());
        assertTrue(damaged.findings().size() >= 3);
        CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, () -> restored(first));
        assertTrue(error.getMessage().contains("diskvault datastore verify " + store), error.getMessage());

        BackupResult healing = backUp("3", old);
        BackupResult more = backUp("4", content);

        assertTrue(healing.healedChunks() >= packs(1).size() / 2, "" + healing.healedChunks());
        assertTrue(more.healedChunks() < healing.healedChunks());
        VerifyResult healed = verify();
        assertTrue(healed.pointsAreWhole(), healed.toString());
        assertFalse(healed.isClean());
        assertTrue(healed.findings().stream().allMatch(Finding::isHarmless));
        assertArrayEquals(old, restored(first));
        assertArrayEquals(content, restored(second));
        assertArrayEquals(old, restored(healing.point()));
        assertEquals(0, backUp("5", old).healedChunks());
        List<String> lists = lists();
        assertEquals(healed.findings(), verify().findings());
        assertEquals(1, lists.size());
        assertEquals(lists, lists());
    }

    @Test
    void aDamagedHeaderMakesAWholePackBeStoredAnew() throws Exception {
        RecoveryPoint point = backUp("1", content(1)).point();
        Path pack = packs(1).getFirst();
        flip(pack, 20);
        assertFalse(verify().pointsAreWhole());

        assertTrue(backUp("2", content(1)).healedChunks() >= 1);

        assertTrue(verify().pointsAreWhole());
        assertArrayEquals(content(1), restored(point));
    }

    @Test
    void aDamagedTableHarmsNoPointYetAndIsHealedToo() throws Exception {
        RecoveryPoint point = backUp("1", content(1)).point();
        Path pack = packs(1).getFirst();
        flip(pack, (int) Files.size(pack) - 60);

        VerifyResult result = verify();

        assertTrue(result.pointsAreWhole() && !result.isClean(), result.toString());
        assertTrue(backUp("2", content(1)).healedChunks() >= 1);
        Files.delete(pack);
        VerifyResult without = verify();
        assertTrue(without.pointsAreWhole(), without.toString());
        assertArrayEquals(content(1), restored(point));
        assertEquals(List.of(), lists());
    }

    @Test
    void writesNothingDownWhenItMayNot() throws Exception {
        backUp("1", content(1));
        flip(packs(1).getFirst(), 60);

        VerifyResult result = datastore.verify(new VerifyOptions(VerifyOptions.Depth.FULL, false), Watch.NONE);

        assertFalse(result.pointsAreWhole());
        assertEquals(List.of(), lists());
        assertTrue(result.notRecorded().isEmpty());
        files.refuseWrites();
        VerifyResult readOnly = verify();
        assertEquals(result.affected(), readOnly.affected());
        assertTrue(readOnly.notRecorded().orElseThrow().contains("could not be written down"));
    }

    @Test
    void whatTheStorageCannotReadIsUnreadableAndNotDamaged() throws Exception {
        backUp("1", content(1));
        Path pack = packs(1).getFirst();
        files.failReads(store.relativize(pack).toString(), 60, 61);

        VerifyResult result = verify();

        Finding finding = result.findings().getFirst();
        assertEquals(1, result.findings().size());
        assertEquals(Finding.Kind.UNREADABLE, finding.kind());
        AffectedPoint point = finding.affected().getFirst();
        assertEquals(
                List.of(new ByteRange(
                        point.ranges().getFirst().start(),
                        point.ranges().getFirst().start() + CHUNK)),
                point.ranges());
        assertEquals(List.of(), lists());
        files.healReads();
        assertTrue(verify().isClean());
    }

    @Test
    void aWholePackThatCannotBeReadIsUnreadable() throws Exception {
        backUp("1", content(1));
        for (int kind : new int[] {1, 2}) {
            files.failReads(store.relativize(packs(kind).getFirst()).toString(), 0, 10);
            VerifyResult result = verify();
            assertFalse(result.pointsAreWhole());
            assertTrue(result.findings().stream().allMatch(finding -> finding.kind() == Finding.Kind.UNREADABLE));
            assertEquals(List.of(), lists());
        }
    }

    @Test
    void aPointThatIsRemovedMeanwhileIsNoFinding() throws Exception {
        RecoveryPoint going = backUp("1", content(1)).point();
        List<Path> packs = new ArrayList<>(packs(1));
        packs.addAll(packs(2));
        backUp("2", content(2));
        boolean[] removed = new boolean[1];

        VerifyResult result = datastore.verify(VerifyOptions.FULL, Steps.once(() -> {
            datastore.removeRecoveryPoint("disk", going.id());
            for (Path pack : packs) {
                Files.delete(pack);
            }
            removed[0] = true;
        }));

        assertTrue(removed[0]);
        assertTrue(result.pointsAreWhole(), result.toString());
        assertTrue(result.findings().stream().allMatch(finding -> finding.kind() == Finding.Kind.MISSING));
    }

    @Test
    void aChunkThatIsMovedMeanwhileIsFoundInItsNewPlace() throws Exception {
        byte[] content = content(1);
        backUp("1", content);
        List<Path> packs = new ArrayList<>(packs(1));
        packs.addAll(packs(2));
        boolean[] moved = new boolean[1];

        VerifyResult result = datastore.verify(VerifyOptions.FULL, Steps.once(() -> {
            // What a sweep does: everything is copied to new packs, those get into the index, then the old ones go.
            Path[] backup = new Path[packs.size()];
            for (int i = 0; i < backup.length; i++) {
                backup[i] = packs.get(i);
                flip(backup[i], 20);
            }
            Datastore other = Datastore.open(store, key);
            other.verify(VerifyOptions.FULL, Watch.NONE);
            assertTrue(other.backUp(Workbench.request("disk", "2"), new FakeDisk(content), Watch.NONE)
                            .healedChunks()
                    > 20);
            for (Path pack : packs) {
                Files.delete(pack);
            }
            moved[0] = true;
        }));

        assertTrue(moved[0]);
        assertTrue(result.pointsAreWhole(), result.toString());
        assertTrue(result.findings().stream()
                .allMatch(finding -> finding.kind() == Finding.Kind.MISSING && finding.isHarmless()));
    }

    @Test
    void saysMoreDamageThanItListsInRanges() throws Exception {
        byte[] content = new byte[600 * CHUNK];
        for (int block = 0; block < 600; block += 2) {
            content[block * CHUNK + block] = (byte) (1 + block % 100);
            content[block * CHUNK + 1] = (byte) (1 + block / 100);
        }
        backUp("1", content);
        for (Path pack : packs(1)) {
            flip(pack, 20);
        }

        AffectedPoint point = verify().affected().getFirst();

        assertEquals(AffectedPoint.RANGES_MAX, point.ranges().size());
        assertEquals(200, point.moreRanges());
        assertEquals(300L * CHUNK, point.bytes());
        assertEquals(new ByteRange(0, CHUNK), point.ranges().getFirst());
        assertEquals(new ByteRange(2L * CHUNK, 3L * CHUNK), point.ranges().get(1));
    }

    @Test
    void packsOfACutOffBackupAreNoFinding() throws Exception {
        backUp("1", content(1));
        FakeDisk broken = new FakeDisk(content(2));
        broken.failReadsFrom(66L * CHUNK);
        assertThrows(IOException.class, () -> datastore.backUp(Workbench.request("disk", "2"), broken, Watch.NONE));

        VerifyResult result = verify();

        assertTrue(result.isClean(), result.toString());
    }

    @Test
    void namesAPackThatLiesInTheWrongDirectory() throws Exception {
        backUp("1", content(1));
        Path pack = packs(1).getFirst();
        byte[] bytes = Files.readAllBytes(pack);
        Path wrong = store.resolve("packs/zz");
        Files.createDirectory(wrong);
        Files.move(pack, wrong.resolve(pack.getFileName()));

        VerifyResult result = verify();

        assertEquals(
                List.of(Finding.Kind.MISPLACED, Finding.Kind.MISSING),
                result.findings().stream()
                        .map(Finding::kind)
                        .sorted(Comparator.reverseOrder())
                        .toList());
        assertFalse(result.pointsAreWhole());
        assertTrue(Arrays.equals(bytes, Files.readAllBytes(wrong.resolve(pack.getFileName()))));
    }
}
