package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.NotADatastoreException;
import io.diskvault.engine.index.ChunkIndex;
import io.diskvault.engine.index.IndexEntry;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.restore.RestoreOptions.OnDamage;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.storage.PowerLossDirectory.PowerLostException;
import io.diskvault.engine.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexRebuildTest {

    private static final byte[] FIRST = noise(5 * CHUNK, 1);
    private static final byte[] SECOND = noise(4 * CHUNK, 2);

    @TempDir
    Path directory;

    private Workbench bench;
    private Path store;

    @BeforeEach
    void backUp() throws Exception {
        bench = Workbench.in(directory);
        store = bench.datastore().directory();
        bench.backUp("disk", "1", FIRST);
        bench.backUp("disk", "2", SECOND);
    }

    private static Set<IndexEntry> entries(Directory files) throws IOException, DatastoreException {
        ChunkIndex index = new ChunkIndex(files);
        index.refresh();
        Set<IndexEntry> entries = new TreeSet<>();
        index.view().forEach((_, id, place) -> entries.add(new IndexEntry(id, place)));
        return entries;
    }

    private Set<IndexEntry> entries() throws IOException, DatastoreException {
        return entries(new LocalDirectory(store));
    }

    private List<Path> files(String inside) throws IOException {
        try (Stream<Path> files = Files.walk(store.resolve(inside))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private IndexRebuildResult rebuild() throws IOException, DatastoreException {
        return Datastore.rebuildIndex(store, Watch.NONE);
    }

    private void assertRestoresBoth() throws IOException, DatastoreException {
        Datastore datastore = Datastore.open(store, bench.key());
        for (RecoveryPoint point : datastore.recoveryPoints()) {
            MemoryTarget[] target = new MemoryTarget[1];
            datastore.restore(point, size -> target[0] = new MemoryTarget(size), OnDamage.FAIL, Watch.NONE);
            assertArrayEquals(point.id().value().equals("1") ? FIRST : SECOND, target[0].content);
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.delete(file);
        Files.write(file, bytes);
    }

    @Test
    void givesTheSameIndexWhenAllOfItIsLost() throws Exception {
        Set<IndexEntry> before = entries();
        for (Path fragment : files("index")) {
            Files.delete(fragment);
        }
        Files.delete(store.resolve("index"));
        List<Long> progress = new ArrayList<>();

        IndexRebuildResult result = Datastore.rebuildIndex(store, new Watch() {
            @Override
            public void progress(long done, long total) {
                assertEquals(done, progress.size() + 1);
                progress.add(total);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        });

        long packs = files("packs").size();
        assertEquals(new IndexRebuildResult(packs, before.size(), List.of(), List.of()), result);
        assertEquals(before, entries());
        assertEquals(1, files("index").size());
        assertEquals(packs, progress.getLast());
        assertRestoresBoth();
        assertEquals(List.of(), files("leases"));
    }

    @Test
    void removesDamagedFragmentsAndKeepsWhatTheyKnew() throws Exception {
        Set<IndexEntry> before = entries();
        List<Path> fragments = files("index");
        flip(fragments.getFirst(), 20);
        flip(fragments.getLast(), 4200);

        IndexRebuildResult result = rebuild();

        assertEquals(
                fragments.stream().map(file -> "index/" + file.getFileName()).toList(),
                result.removedFragments().stream().sorted().toList());
        assertEquals(2, fragments.size());
        assertEquals(before, entries());
        assertRestoresBoth();
    }

    @Test
    void namesPacksThatDoNotSayWhatTheyHoldAndKeepsWhatIsKnownOfThem() throws Exception {
        Set<IndexEntry> before = entries();
        List<String> damaged = new ArrayList<>();
        for (Path pack : files("packs")) {
            flip(pack, (int) Files.size(pack) - 60);
            damaged.add(store.relativize(pack).toString());
        }

        IndexRebuildResult result = rebuild();

        assertEquals(damaged, result.unreadablePacks());
        assertEquals(0, result.packs());
        assertEquals(before, entries());
        assertRestoresBoth();
    }

    @Test
    void forgetsPacksThatAreGone() throws Exception {
        Set<IndexEntry> left = entries();
        Path pack = files("packs").getFirst();
        Files.delete(pack);
        left.removeIf(
                entry -> store.resolve(entry.place().pack().file()).toString().equals(pack.toString()));

        assertEquals(left.size(), rebuild().entries());

        assertTrue(left.size() < 11, left::toString);
        assertEquals(left, entries());
    }

    @Test
    void letsPointsBeListedAndBackupsBeMadeWithoutAnIndex() throws Exception {
        for (Path fragment : files("index")) {
            flip(fragment, 3);
        }

        Datastore datastore = Datastore.open(store, bench.key());

        RecoveryPoint point = datastore.recoveryPoints().getFirst();
        CorruptDatastoreException error = assertThrows(
                CorruptDatastoreException.class,
                () -> datastore.restore(point, MemoryTarget::new, OnDamage.FAIL, Watch.NONE));
        assertTrue(error.getMessage().contains("diskvault datastore rebuild-index " + store), error.getMessage());
        bench.backUp("disk", "3", FIRST);
        assertArrayEquals(FIRST, bench.restored(datastore.recoveryPoints().getFirst()));
    }

    @Test
    void refusesWhatIsNoDatastore() {
        assertThrows(NotADatastoreException.class, () -> Datastore.rebuildIndex(directory, Watch.NONE));
    }

    @Test
    void changesNothingForTheWorseWhenItIsCancelled() throws Exception {
        Set<IndexEntry> before = entries();

        assertThrows(
                CancellationException.class,
                () -> Datastore.rebuildIndex(store, new Watch() {
                    @Override
                    public void progress(long done, long total) {}

                    @Override
                    public boolean cancelled() {
                        return true;
                    }
                }));

        assertEquals(before, entries());
        assertEquals(List.of(), files("leases"));
    }

    @Test
    void survivesAPowerCutAnywhere() throws Exception {
        PowerLossDirectory start = new PowerLossDirectory();
        Datastore made = Datastore.create(place(start), ChunkSize.DEFAULT, bench.key());
        made.backUp(Workbench.request("disk", "1"), new FakeDisk(FIRST), Watch.NONE);
        Set<IndexEntry> all = entries(start);
        made.backUp(Workbench.request("disk", "2"), new FakeDisk(SECOND), Watch.NONE);
        all.addAll(entries(start));
        boolean done = false;
        int states = 0;
        for (int step = 0; !done; step++) {
            PowerLossDirectory files = PowerLossDirectory.copyOf(start, PowerLossDirectory.losingPowerBefore(step));
            try {
                Datastore.rebuildIndex(place(files), Watch.NONE);
                done = true;
            } catch (PowerLostException e) {
                assertTrue(step < 100);
            }
            for (PowerLossDirectory state : files.survivors()) {
                states++;
                assertEquals(all, entries(state));
                Datastore.rebuildIndex(place(state), Watch.NONE);
                assertEquals(all, entries(state));
            }
        }
        assertTrue(states > 50);
        System.out.println("Rebuilding cut everywhere: " + states + " states");
    }

    private static Datastore.Place place(PowerLossDirectory files) {
        return new Datastore.Place(
                Path.of("store"), files, Randomness.secure(), _ -> new EngineLimits(1, new StoreLimits(100_000, 3, 2)));
    }
}
