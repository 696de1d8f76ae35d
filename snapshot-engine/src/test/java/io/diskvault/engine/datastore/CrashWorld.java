package io.diskvault.engine.datastore;

import static io.diskvault.engine.datastore.Workbench.CHUNK;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.DirectoryBelow;
import io.diskvault.engine.storage.PowerLossDirectory;
import io.diskvault.engine.store.StoreLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// A small disk with a datastore and a place for restored disks on it, and what must be there. Never changed: each
/// step makes the next one.
///
/// @param files everything on the disk
/// @param points what each committed recovery point must restore to, by disk and id: `a/1`
/// @param restored the disk that was restored last
/// @param history what was done so far
/// @param damage how it is with the block that all disks have
record CrashWorld(
        PowerLossDirectory files,
        SortedMap<String, byte[]> points,
        Optional<byte[]> restored,
        List<String> history,
        Damage damage) {

    /// What is wrong with the block that all disks have: then no recovery point can be restored whole.
    enum Damage {
        NONE,
        /// No list of damaged places need say so, and a backup may rely on it.
        UNKNOWN,
        /// A list says so, so that the next backup stores it anew.
        LISTED
    }

    static final String STORE = "store";
    static final String TARGETS = "targets";
    static final String TARGET = "disk.img";

    /// Packs of two chunks and fragments of three entries: so that little data takes every path.
    private static final StoreLimits SMALL = new StoreLimits(1400, 3, 2);

    /// Enough that a pack has several sectors, and the rest of a block costs nothing.
    private static final int NOISE_BYTES = 700;

    private static final int COMMON = 1;

    /// A disk with an empty datastore.
    static CrashWorld empty(KeyFile key) throws IOException, DatastoreException {
        PowerLossDirectory files = new PowerLossDirectory();
        files.createDirectory(STORE);
        files.createDirectory(TARGETS);
        files.syncDirectory("");
        Datastore.create(place(new DirectoryBelow(files, STORE), 0), ChunkSize.DEFAULT, key);
        return new CrashWorld(files, new TreeMap<>(), Optional.empty(), List.of(), Damage.NONE);
    }

    /// A datastore on what a test gives; what is random is the same for the same seed.
    static Datastore.Place place(Directory store, long seed) {
        Random random = new Random(seed);
        Randomness randomness = random::nextBytes;
        return new Datastore.Place(Path.of(STORE), store, randomness, _ -> new EngineLimits(1, SMALL));
    }

    Directory store() {
        return new DirectoryBelow(files, STORE);
    }

    Directory targets() {
        return new DirectoryBelow(files, TARGETS);
    }

    Datastore open(KeyFile key, int attempt) throws IOException, DatastoreException {
        return Datastore.open(place(store(), history.hashCode() * 31L + attempt), key);
    }

    /// What a disk holds at some time: a block that all disks have always, one of the time, a hole, one of the disk.
    static byte[] content(String disk, int time) {
        byte[] content = new byte[4 * CHUNK + 100];
        fill(content, 0, COMMON);
        fill(content, CHUNK, 100L + time);
        fill(content, 3 * CHUNK, disk.hashCode());
        Arrays.fill(content, 4 * CHUNK, content.length, (byte) 7);
        return content;
    }

    /// The block that all disks have always.
    static byte[] commonBlock() {
        byte[] block = new byte[CHUNK];
        fill(block, 0, COMMON);
        return block;
    }

    CrashWorld withDamage(Damage other) {
        return new CrashWorld(files, points, restored, history, other);
    }

    /// The same on other files.
    CrashWorld on(PowerLossDirectory otherFiles) {
        return new CrashWorld(otherFiles, points, restored, history, damage);
    }

    private static void fill(byte[] content, int start, long seed) {
        byte[] noise = Workbench.noise(NOISE_BYTES, seed);
        System.arraycopy(noise, 0, content, start, noise.length);
    }
}
