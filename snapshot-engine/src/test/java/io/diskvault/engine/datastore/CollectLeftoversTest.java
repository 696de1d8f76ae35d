package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.CollectBench.NEW;
import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unfinished files of the dead go, those of the living stay. [CrashCheck] says the former after every crash.
class CollectLeftoversTest {

    /// One of every kind that a crash can leave, but those in the datastore's own directory.
    private static final List<String> LEFTOVERS = List.of(
            "packs/0a/0a01.pack.unfinished",
            "index/0a02.unfinished",
            "points/disk/1.0a03.unfinished",
            "epochs/0a04.unfinished",
            "damaged/0a05.unfinished");

    /// So many nodes of the manifest that a backup asks between them whether to go on.
    private static final int BLOCKS = 8 * 64;

    private final byte[] content = new byte[BLOCKS * CHUNK];

    @TempDir
    Path path;

    private CollectBench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = CollectBench.in(path);
        bench.backUp("disk", "0", NEW);
        for (int block = 0; block < BLOCKS; block++) {
            System.arraycopy(noise(1000, block), 0, content, block * CHUNK, 1000);
        }
    }

    /// As somebody leaves them who was killed long ago.
    private void leaveBehind() throws IOException {
        for (String name : LEFTOVERS) {
            Path file = bench.store().resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1, 2, 3});
        }
    }

    private Set<String> unfinished() throws IOException {
        Set<String> unfinished = new TreeSet<>();
        addUnfinished("", unfinished);
        return unfinished;
    }

    /// Lists only: what is listed can go at any moment.
    private void addUnfinished(String directory, Set<String> unfinished) throws IOException {
        for (String name : bench.files().list(directory)) {
            String whole = directory.isEmpty() ? name : directory + "/" + name;
            if (name.endsWith(".unfinished")) {
                unfinished.add(whole);
            } else {
                addUnfinished(whole, unfinished);
            }
        }
    }

    /// The unfinished files of a backup that runs.
    private Set<String> ownOfABackup() throws IOException {
        Set<String> own = unfinished();
        own.removeAll(LEFTOVERS);
        return own;
    }

    @Test
    void removesWhatTheDeadHaveLeft() throws Exception {
        leaveBehind();
        assertEquals(new TreeSet<>(LEFTOVERS), unfinished());

        bench.collect();

        assertEquals(Set.of(), unfinished());
    }

    @Test
    void waitsWhileSomebodyLivesWhoMayBeTheirMaker() throws Exception {
        boolean[] unfinished = new boolean[1];
        BackupResult backup = bench.backUp("disk", "1", content, new Steps(() -> {
            leaveBehind();
            unfinished[0] |= !ownOfABackup().isEmpty();
            assertEquals(1, bench.collect().waitingFor().size());
            assertTrue(unfinished().containsAll(LEFTOVERS));
        }));

        // If one of its own had gone, it would have failed.
        assertTrue(unfinished[0], "The backup was never in the middle of anything.");
        assertArrayEquals(content, bench.restored(backup.point()));
        assertEquals(new TreeSet<>(LEFTOVERS), unfinished());
        bench.collect();
        assertEquals(Set.of(), unfinished());
    }

    /// The writer came when the collection had looked already, so its files are not meant and it is not waited for.
    @Test
    void removesWhatTheDeadHaveLeftBesideAWriterWhoCameLater() throws Exception {
        leaveBehind();
        assertThrows(
                CancellationException.class,
                () -> bench.collect(new Steps(() -> {
                    if (bench.files().list("epochs").contains("0000000000000001.epoch")) {
                        throw new CancellationException("Enough.");
                    }
                })));
        assertEquals(new TreeSet<>(LEFTOVERS), unfinished());
        boolean[] unfinished = new boolean[1];
        BackupResult backup = bench.backUp("disk", "1", content, new Steps(() -> {
            if (!ownOfABackup().isEmpty()) {
                unfinished[0] = true;
                bench.collect();
                assertTrue(Collections.disjoint(unfinished(), LEFTOVERS));
            }
        }));

        assertTrue(unfinished[0], "The backup was never in the middle of anything.");
        assertArrayEquals(content, bench.restored(backup.point()));
        assertEquals(Set.of(), unfinished());
    }
}
