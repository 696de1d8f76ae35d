package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.CollectBench.NEW;
import static io.diskvault.engine.datastore.CollectBench.OLD;
import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackKind;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.source.FakeDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Collections of datastores in which something is damaged.
class CollectDamagedTest {

    @TempDir
    Path path;

    private CollectBench bench;

    @BeforeEach
    void createDatastore() throws Exception {
        bench = CollectBench.in(path);
    }

    @Test
    void collectsNothingWhenARecordCannotBeRead() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.backUp("disk", "2", NEW);
        bench.remove("1");
        Set<PackId> before = bench.packs();
        Path record = bench.store().resolve("points/disk/2.point");
        byte[] content = Files.readAllBytes(record);
        content[40] ^= 1;
        Files.write(record, content);

        CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, bench::collect);

        assertTrue(error.getMessage().contains("points/disk/2.point"), error.getMessage());
        assertTrue(error.getMessage().contains("Remove this recovery point"), error.getMessage());
        assertEquals(before, bench.packs());
        bench.remove("2");
        assertEquals(before.size(), bench.collect().deletedPacks());
    }

    @Test
    void collectsNothingWhenANodeIsDamagedOrAPackIsMissing() throws Exception {
        bench.backUp("disk", "1", OLD);
        RecoveryPoint point = bench.backUp("disk", "2", NEW).point();
        bench.remove("1");
        Path pack =
                bench.store().resolve(packOf(point.manifestRoot().orElseThrow()).file());
        byte[] whole = Files.readAllBytes(pack);
        byte[] damaged = whole.clone();
        damaged[60] ^= 1;
        Files.delete(pack);
        int before = bench.packs().size();
        assertThrows(CorruptDatastoreException.class, bench::collect);
        Files.write(pack, damaged);
        CorruptDatastoreException error = assertThrows(CorruptDatastoreException.class, bench::collect);
        assertTrue(error.getMessage().contains("Nothing was collected"), error.getMessage());
        assertThrows(CorruptDatastoreException.class, () -> bench.other().collect(CollectOptions.DRY_RUN, Watch.NONE));

        assertEquals(before + 1, bench.packs().size());
        Files.delete(pack);
        Files.write(pack, whole);
        assertTrue(bench.collect().deletedPacks() > 0);
        assertArrayEquals(NEW, bench.restored(point));
    }

    private PackId packOf(ChunkId id) throws Exception {
        ChunkIndex index = new ChunkIndex(bench.files());
        index.refresh();
        return index.places(id).getFirst().pack();
    }

    @Test
    void keepsAPackWhoseLiveChunkIsDamagedAndSaysSo() throws Exception {
        bench.backUp("disk", "1", OLD);
        byte[] first = Arrays.copyOf(OLD, CHUNK);
        bench.backUp("small", "1", first);
        bench.remove("1");
        for (PackId pack : bench.packs()) {
            damageChunks(pack);
        }

        // Only the manifest of the small disk is whole, so all content that it needs is damaged.
        CollectResult result = bench.collect();

        assertEquals(1, result.damagedPacks().size());
        assertTrue(Files.exists(bench.store().resolve(result.damagedPacks().getFirst())));
        assertEquals(result.damagedPacks(), bench.collect().damagedPacks());
        bench.datastore().removeRecoveryPoint("small", new RecoveryPointId("1"));
        assertEquals(List.of(), bench.collect().damagedPacks());
        assertEquals(Set.of(), bench.packs());
    }

    /// Damages all content chunks of a pack, but no manifest node.
    private void damageChunks(PackId pack) throws Exception {
        if (PackTable.kind(bench.files(), pack) == PackKind.CONTENT) {
            Path file = bench.store().resolve(pack.file());
            byte[] content = Files.readAllBytes(file);
            PackTable.read(bench.files(), pack)
                    .forEach(entry -> content[entry.place().offset() + 5] ^= 1);
            Files.delete(file);
            Files.write(file, content);
        }
    }

    @Test
    void makesAnotherEpochWhenTheLastCannotBeRead() throws Exception {
        bench.backUp("disk", "1", OLD);
        bench.remove("1");
        bench.datastore().backUp(Workbench.request("slow", "1"), new FakeDisk(NEW), Steps.once(bench::collect));
        Path epoch =
                bench.store().resolve("epochs/" + bench.files().list("epochs").getFirst());
        byte[] content = Files.readAllBytes(epoch);
        content[20] ^= 1;
        Files.write(epoch, content);
        assertThrows(CorruptDatastoreException.class, () -> bench.backUp("disk", "2", OLD));

        assertTrue(bench.collect().deletedPacks() > 0);

        assertArrayEquals(OLD, bench.restored(bench.backUp("disk", "2", OLD).point()));
        assertFalse(Files.exists(epoch));
    }
}
