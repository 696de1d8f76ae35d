package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.store.StoreLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Disks that are written to, discarded, grown and shrunk at random, backed up in between, and all restored at the
/// end.
class RandomHistoryTest {

    private static final StoreLimits SMALL = new StoreLimits(300_000, 5, 2);

    @Property(tries = 40)
    void everyBackupRestoresWhatTheDiskWas(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int workers)
            throws Exception {
        Random random = new Random(seed);
        Path keyPath = Files.createTempDirectory("history").resolve("key");
        KeyFile key = KeyFile.create(keyPath);
        Files.delete(keyPath);
        Files.delete(keyPath.getParent());
        PowerLossDirectory files = new PowerLossDirectory();
        Datastore.Place place = new Datastore.Place(
                Path.of("store"), files, Randomness.secure(), _ -> new EngineLimits(workers, SMALL));
        Datastore datastore = Datastore.create(place, ChunkSize.DEFAULT, key);
        byte[] disk = new byte[random.nextInt(70 * CHUNK)];
        Map<String, byte[]> history = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            disk = changed(disk, random);
            String id = "" + i;
            RecoveryPoint point = datastore
                    .backUp(Workbench.request("disk", id), new FakeDisk(disk), Watch.NONE)
                    .point();
            assertTrue(point.changedBytes() <= point.usedBytes() && point.usedBytes() <= point.logicalBytes());
            history.put(id, disk.clone());
        }
        Datastore again = Datastore.open(place, key);
        assertEquals(history.size(), again.recoveryPoints().size());
        for (RecoveryPoint point : again.recoveryPoints()) {
            MemoryTarget[] target = new MemoryTarget[1];
            again.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Watch.NONE);
            assertArrayEquals(history.get(point.id().value()), target[0].content, "point " + point.id());
        }
    }

    private static byte[] changed(byte[] disk, Random random) {
        byte[] changed = disk.clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int start = changed.length == 0 ? 0 : random.nextInt(changed.length);
            int length = Math.min(changed.length - start, random.nextInt(random.nextBoolean() ? 10_000 : 5 * CHUNK));
            switch (random.nextInt(4)) {
                case 0 -> changed = Arrays.copyOf(changed, random.nextInt(80 * CHUNK));
                case 1 -> Arrays.fill(changed, start, start + length, (byte) 0);
                case 2 -> Arrays.fill(changed, start, start + length, (byte) random.nextInt());
                default -> {
                    byte[] noise = new byte[length];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, changed, start, length);
                }
            }
        }
        return changed;
    }
}
