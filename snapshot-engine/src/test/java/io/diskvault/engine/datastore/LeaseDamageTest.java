package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.CollectBench.NEW;
import static io.diskvault.engine.datastore.CollectBench.OLD;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.lease.LiveLease;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.OutputFile;
import io.diskvault.engine.verify.Finding;
import io.diskvault.engine.verify.VerifyOptions;
import io.diskvault.engine.verify.VerifyResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Epochs and leases that are damaged: nobody acts on what they seem to say.
class LeaseDamageTest {

    @TempDir
    Path path;

    private CollectBench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = CollectBench.in(path);
    }

    private String only(String directory) throws IOException {
        List<String> names = bench.files().list(directory);
        assertEquals(1, names.size(), names::toString);
        return directory + "/" + names.getFirst();
    }

    /// In place, since the lock is on the file and not on its name.
    private static void flip(Path file, byte[] whole, int bit) throws IOException {
        byte[] damaged = whole.clone();
        damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(file, damaged);
    }

    private void assertVerifyNamesOnly(String file) throws Exception {
        VerifyResult result = bench.other().verify(VerifyOptions.STRUCTURE, Watch.NONE);
        assertEquals(
                List.of(file), result.findings().stream().map(Finding::file).toList());
        assertTrue(result.pointsAreWhole(), result::toString);
    }

    private void assertVerifiesClean() throws Exception {
        VerifyResult result = bench.other().verify(VerifyOptions.FULL, Watch.NONE);
        assertTrue(result.isClean(), result::toString);
    }

    @Test
    void everyFlippedBitOfAnEpochIsNamedAndNoBackupBegins() throws Exception {
        Path epoch = condemned();
        String name = bench.store().relativize(epoch).toString();
        byte[] whole = Files.readAllBytes(epoch);
        assertTrue(whole.length > 60, "It condemns nothing.");
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            flip(epoch, whole, bit);

            assertVerifyNamesOnly(name);
            assertThrows(CorruptDatastoreException.class, () -> bench.backUp("disk", "2", OLD), name);
        }
        Files.write(epoch, whole);
        assertVerifiesClean();
    }

    /// An epoch that condemns packs which could not be deleted yet.
    private Path condemned() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.remove("1");
        bench.backUp("slow", "1", NEW, Steps.once(bench::collect));
        return bench.store().resolve(only("epochs"));
    }

    @Test
    void aCollectionMakesAnotherEpochWhereverTheLastIsDamaged() throws Exception {
        Path epoch = condemned();
        byte[] whole = Files.readAllBytes(epoch);
        for (int at = 0; at < whole.length; at++) {
            flip(epoch, whole, at * Byte.SIZE + at % Byte.SIZE);
            CollectResult result = bench.collect();

            // Nobody knows what was condemned; but the first finds out anew.
            assertEquals(at == 0, result.deletedPacks() > 0, result::toString);
            assertFalse(Files.exists(epoch));
            assertVerifiesClean();
            // The next finds the damaged one again.
            Files.delete(bench.store().resolve(only("epochs")));
        }
        bench.collect();
        assertArrayEquals(OLD, bench.restored(bench.backUp("disk", "2", OLD).point()));
        assertArrayEquals(
                NEW, bench.restored(bench.datastore().recoveryPoints("slow").getFirst()));
    }

    @Test
    void everyFlippedBitOfALivingLeaseIsNamedAndNothingIsDeleted() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.remove("1");
        Set<PackId> packs = bench.packs();
        int[] flips = new int[1];
        BackupResult backup = bench.backUp("disk", "2", OLD, Steps.once(() -> {
            String name = only("leases");
            Path lease = bench.store().resolve(name);
            byte[] whole = Files.readAllBytes(lease);
            for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
                flip(lease, whole, bit);

                assertVerifyNamesOnly(name);
                assertEquals(
                        List.of(name),
                        bench.collect().waitingFor().stream()
                                .map(LiveLease::file)
                                .toList());
                flips[0]++;
            }
            assertTrue(bench.packs().containsAll(packs));
            Files.write(lease, whole);
            assertVerifiesClean();
        }));

        assertTrue(flips[0] > 500, flips[0] + " flips");
        assertArrayEquals(OLD, bench.restored(backup.point()));
    }

    @Test
    void whatIsInTheLeaseOfSomebodyDeadMeansNothing() throws Exception {
        bench.backUp("disk", "1", OLD);
        String name = "leases/" + "0a".repeat(16) + ".lease";
        try (OutputFile lease = bench.files().createLocked(name)) {
            lease.write(ByteBuffer.wrap(noise(60, 3)), 0);

            assertVerifyNamesOnly(name);
        }

        // As a power cut leaves it: nobody ever syncs a lease.
        assertVerifiesClean();
        assertEquals(List.of(), bench.files().list("leases"));
    }
}
