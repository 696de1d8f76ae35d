package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;
import static io.diskvault.engine.datastore.Workbench.noise;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.collect.CollectOptions;
import io.diskvault.engine.collect.CollectResult;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.source.DiskSource;
import io.diskvault.engine.source.FakeDisk;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.LocalDirectory;
import io.diskvault.engine.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A datastore with small packs in a temporary directory, and what the tests of collections do with it.
///
/// @param store where it lies
/// @param files the same as a directory of the engine
record CollectBench(Workbench bench, Path store, Directory files) {

    /// Packs of four chunks.
    private static final StoreLimits SMALL = new StoreLimits(250_000, 50, 2);

    static final byte[] OLD = noise(8 * CHUNK, 1);
    static final byte[] NEW = noise(8 * CHUNK, 2);

    static CollectBench in(Path directory) throws IOException, DatastoreException {
        KeyFile key = KeyFile.create(directory.resolve("key"));
        Path store = Files.createDirectory(directory.resolve("store"));
        Directory files = new LocalDirectory(store);
        Datastore datastore = Datastore.create(place(store, files), ChunkSize.DEFAULT, key);
        return new CollectBench(new Workbench(directory, key, datastore), store, files);
    }

    private static Datastore.Place place(Path store, Directory files) {
        return new Datastore.Place(store, files, Randomness.secure(), _ -> new EngineLimits(1, SMALL));
    }

    Datastore datastore() {
        return bench.datastore();
    }

    /// The same datastore as another process would have it.
    Datastore other() throws IOException, DatastoreException {
        return Datastore.open(place(store, files), bench.key());
    }

    CollectResult collect() throws IOException, DatastoreException {
        return collect(Watch.NONE);
    }

    CollectResult collect(Watch watch) throws IOException, DatastoreException {
        return other().collect(CollectOptions.DEFAULT, watch);
    }

    BackupResult backUp(String disk, String id, byte[] content) throws IOException, DatastoreException {
        return bench.backUp(disk, id, content);
    }

    BackupResult backUp(String disk, String id, byte[] content, Watch watch) throws IOException, DatastoreException {
        DiskSource source = new FakeDisk(content);
        return datastore().backUp(Workbench.request(disk, id), source, watch);
    }

    byte[] restored(RecoveryPoint point) throws IOException, DatastoreException {
        return bench.restored(point);
    }

    void remove(String id) throws IOException {
        datastore().removeRecoveryPoint("disk", new RecoveryPointId(id));
    }

    /// Every second block is another one, so that half of each pack is dead.
    static byte[] half() {
        byte[] half = OLD.clone();
        for (int at = 0; at < half.length; at += 2 * CHUNK) {
            System.arraycopy(NEW, at, half, at, CHUNK);
        }
        return half;
    }

    List<Path> packFiles() throws IOException {
        try (Stream<Path> all = Files.walk(store.resolve(PackId.DIRECTORY))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    NavigableSet<PackId> packs() throws IOException {
        return packFiles().stream()
                .flatMap(file -> PackId.ofFileName(file.getFileName().toString()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    long packBytes() throws IOException {
        long bytes = 0;
        for (Path file : packFiles()) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
