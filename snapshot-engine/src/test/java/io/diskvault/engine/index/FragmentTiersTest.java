package io.diskvault.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.PowerLossDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentTiersTest {

    @TempDir
    Path path;

    @Test
    void countsTiersByPowersOfEight() {
        assertEquals(0, FragmentTiers.tier(0));
        assertEquals(0, FragmentTiers.tier(4095));
        assertEquals(1, FragmentTiers.tier(4096));
        assertEquals(1, FragmentTiers.tier(8 * 4096 - 1));
        assertEquals(2, FragmentTiers.tier(8 * 4096));
        assertEquals(6, FragmentTiers.tier(200_000_000));
    }

    @Test
    void keepsTheNumberOfFragmentsSmallInALongSeries() throws Exception {
        LocalDirectory directory = new LocalDirectory(path);
        ChunkIndex index = new ChunkIndex(directory);
        SortedSet<IndexEntry> all = new TreeSet<>();
        int most = 0;
        long written = 0;
        for (int backup = 0; backup < 400; backup++) {
            SortedSet<IndexEntry> entries = Entries.random(backup % 3 == 0 ? 700 : 20, 4, backup);
            all.addAll(entries);
            Entries.write(directory, entries);
            written += entries.size();
            int before = Entries.fragments(directory);

            index.mergeWhereMany(Randomness.secure());

            if (Entries.fragments(directory) < before) {
                written += index.view().fragments().getFirst().entryCount();
            }
            most = Math.max(most, Entries.fragments(directory));
        }
        int tiers = FragmentTiers.tier(all.size()) + 1;
        assertTrue(most < tiers * FragmentTiers.WIDTH, "at most " + most + " fragments");
        assertTrue(written < (long) tiers * FragmentTiers.WIDTH * all.size(), written + " entries written");
        assertEquals(all, Entries.in(directory));
        System.out.println("400 fragments: never more than " + most + " at once");
    }

    @Test
    void mergesTheOthersWhenOneIsDamaged() throws Exception {
        LocalDirectory directory = new LocalDirectory(path);
        Entries.write(directory, Entries.random(100, 2, 1000));
        Path damaged = path.resolve("index/" + directory.list("index").getFirst());
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[5000] ^= 1;
        Files.write(damaged, bytes);
        SortedSet<IndexEntry> others = new TreeSet<>();
        for (int i = 0; i < 8; i++) {
            SortedSet<IndexEntry> entries = Entries.random(100, 2, i);
            others.addAll(entries);
            Entries.write(directory, entries);
        }

        new ChunkIndex(directory).mergeWhereMany(Randomness.secure());

        assertEquals(2, Entries.fragments(directory));
        assertTrue(Files.exists(damaged));
        Files.delete(damaged);
        assertEquals(others, Entries.in(directory));
    }

    @Test
    void isNoFailureOfTheBackupWhenItFails() throws Exception {
        PowerLossDirectory healthy = new PowerLossDirectory();
        for (int i = 0; i < 8; i++) {
            Entries.write(healthy, Entries.random(10, 2, i));
        }
        PowerLossDirectory full = PowerLossDirectory.copyOf(healthy, (_, _) -> {
            throw new IOException("No space left on device");
        });

        new ChunkIndex(full).mergeWhereMany(Randomness.secure());

        assertEquals(1, full.operations().size());
        PowerLossDirectory left = PowerLossDirectory.copyOf(full, (_, _) -> {});
        assertEquals(Entries.in(healthy), Entries.in(left));
        assertEquals(8, Entries.fragments(left));
    }
}
