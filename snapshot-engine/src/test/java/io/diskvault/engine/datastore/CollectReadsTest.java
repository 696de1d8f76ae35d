package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackEntry;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.store.StoreLimits;
import io.diskvault.engine.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How often a collection reads the nodes of manifests.
class CollectReadsTest {

    private static final StoreLimits SMALL = new StoreLimits(250_000, 50, 2);
    private static final byte[] CONTENT = disk(1);

    @TempDir
    Path path;

    private final Map<Place, Integer> reads = new HashMap<>();
    private Directory files = new LocalDirectory(Path.of(""));
    private Workbench bench;

    private record Place(String file, long offset) {}

    /// 300 blocks with little in each: five leaves and a root.
    private static byte[] disk(int seed) {
        byte[] content = new byte[300 * CHUNK];
        for (int block = 0; block < 300; block++) {
            System.arraycopy(noise(2000, 1000L * seed + block), 0, content, block * CHUNK, 2000);
        }
        return content;
    }

    @BeforeEach
    void createDatastore() throws Exception {
        bench = Workbench.in(path);
        files = new LocalDirectory(bench.datastore().directory());
        bench.backUp("disk", "1", CONTENT);
        bench.backUp("gone", "1", disk(2));
        bench.datastore().removeRecoveryPoint("gone", new RecoveryPointId("1"));
    }

    private CollectResult collect(Watch watch) throws Exception {
        Directory counted =
                Interposed.reads(files, (file, position) -> reads.merge(new Place(file, position), 1, Integer::sum));
        Datastore datastore = Datastore.open(
                new Datastore.Place(
                        bench.datastore().directory(), counted, Randomness.secure(), _ -> new EngineLimits(1, SMALL)),
                bench.key());
        return datastore.collect(CollectOptions.DEFAULT, watch);
    }

    private Set<Place> nodes() throws Exception {
        Set<Place> nodes = new HashSet<>();
        for (String inner : files.list("packs")) {
            for (String name : files.list("packs/" + inner)) {
                PackId pack = PackId.ofFileName(name).orElseThrow();
                if (PackTable.kind(files, pack) == PackKind.MANIFEST) {
                    for (PackEntry entry : PackTable.read(files, pack)) {
                        nodes.add(new Place(pack.file(), entry.place().offset()));
                    }
                }
            }
        }
        return nodes;
    }

    @Test
    void readsEveryNodeOnce() throws Exception {
        CollectResult result = collect(Watch.NONE);

        assertTrue(result.deletedPacks() > 0, result.toString());
        Set<Place> nodes = nodes();
        assertEquals(6, nodes.size());
        for (Place node : nodes) {
            assertEquals(1, reads.getOrDefault(node, 0), node.toString());
        }
        assertArrayEquals(
                CONTENT, bench.restored(bench.datastore().recoveryPoints("disk").getFirst()));
    }

    /// A backup is committed, and a recovery point removed, between the two times that a collection marks.
    @Test
    void readsWhatCameMeanwhile_andKeepsIt() throws Exception {
        byte[] changed = CONTENT.clone();
        changed[0] ^= 1;
        Set<Place> before = nodes();
        boolean[] done = new boolean[1];
        CollectResult result = collect(new Steps(() -> {
            if (!done[0] && !files.list("epochs").isEmpty()) {
                done[0] = true;
                Datastore other = Datastore.open(bench.datastore().directory(), bench.key());
                other.backUp(Workbench.request("disk", "2"), new FakeDisk(changed), Watch.NONE);
                other.backUp(Workbench.request("back", "1"), new FakeDisk(disk(2)), Watch.NONE);
                other.removeRecoveryPoint("disk", new RecoveryPointId("1"));
            }
        }));

        assertTrue(done[0]);
        assertTrue(result.deletedPacks() > 0, result.toString());
        // Those of the removed point that came back lie in a pack that is deleted; that there are good copies is read.
        before.retainAll(nodes());
        assertEquals(6, before.size());
        for (Place node : before) {
            assertEquals(1, reads.getOrDefault(node, 0), node.toString());
        }
        assertArrayEquals(
                changed, bench.restored(bench.datastore().recoveryPoints("disk").getFirst()));
        assertArrayEquals(
                disk(2), bench.restored(bench.datastore().recoveryPoints("back").getFirst()));
        assertTrue(bench.datastore().verify(VerifyOptions.FULL, Watch.NONE).isClean());
    }
}
