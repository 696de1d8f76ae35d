package io.diskvault.engine.index;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.LocalDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What looking up a chunk takes, in time and heap, in an index fragment of any size with evenly spread ids.
///
/// Cold look-ups are timed by the clock, warm ones by the processor time that they take, so that others on the machine
/// do not count.
///
/// Arguments: `make` or `look-up`, number of entries, directory.
public final class IndexScale {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int CHUNKS_PER_PACK = 512;
    private static final int COLD_LOOKUPS = 1000;
    private static final int WARM_IDS = 100_000;
    private static final int WARM_ROUNDS = 5;

    private IndexScale() {}

    /// The id of an entry: the upper bits ascend with its number, the others look random.
    private static long part(long entry, long entries, int part) {
        long step = Long.divideUnsigned(-1L, entries);
        long noise = new SplittableRandom(entry * 4 + part).nextLong();
        return part == 0 ? entry * step + Long.remainderUnsigned(noise, step) : noise;
    }

    private static ChunkId id(long entry, long entries) {
        return new ChunkId(
                part(entry, entries, 0), part(entry, entries, 1), part(entry, entries, 2), part(entry, entries, 3));
    }

    private static final class Numbers implements EntryCursor {

        private final long entries;
        private final int packs;
        private long current = -1;

        private Numbers(long entries, int packs) {
            this.entries = entries;
            this.packs = packs;
        }

        @Override
        public boolean next() {
            return ++current < entries;
        }

        @Override
        public long idPart(int part) {
            return part(current, entries, part);
        }

        @Override
        public int placePart(int part) {
            return part == 0 ? (int) (current % packs) : 40 + part;
        }
    }

    public static void main(String[] arguments) throws IOException, DatastoreException {
        long entries = Long.parseLong(arguments[1]);
        LocalDirectory directory = new LocalDirectory(Path.of(arguments[2]));
        if (arguments[0].equals("make")) {
            make(directory, entries);
        } else {
            lookUp(directory, entries);
        }
    }

    private static void make(LocalDirectory directory, long entries) throws IOException, DatastoreException {
        int packs = (int) Math.ceilDiv(entries, CHUNKS_PER_PACK);
        List<PackId> ids = new ArrayList<>(packs);
        long step = Long.divideUnsigned(-1L, packs);
        for (int i = 0; i < packs; i++) {
            ids.add(new PackId(i * step, i));
        }
        long start = System.nanoTime();
        long bytes = FragmentWriter.write(directory, entries, ids, new Numbers(entries, packs), Randomness.secure());
        System.out.printf(
                "%,13d entries  written: %,d bytes in %.1f s%n", entries, bytes, (System.nanoTime() - start) / 1e9);
    }

    private static void lookUp(LocalDirectory directory, long entries) throws IOException, DatastoreException {
        ChunkIndex index = new ChunkIndex(directory);
        long start = System.nanoTime();
        index.refresh();
        double openMillis = (System.nanoTime() - start) / 1e6;
        double coldHit = microseconds(index, entries, 1, COLD_LOOKUPS, true);
        double coldMiss = microseconds(index, entries, 2, COLD_LOOKUPS, false);
        double warmHit = 0;
        double warmMiss = 0;
        for (int round = 0; round < WARM_ROUNDS; round++) {
            warmHit = microseconds(index, entries, 3, WARM_IDS, true);
            warmMiss = microseconds(index, entries, 4, WARM_IDS, false);
        }
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf(
                "%,13d entries  open %.1f ms  cold hit %.1f us, miss %.1f us  warm hit %.2f us, miss %.2f us  heap %,d%n",
                entries, openMillis, coldHit, coldMiss, warmHit, warmMiss, heap);
    }

    private static double microseconds(ChunkIndex index, long entries, long seed, int count, boolean there) {
        boolean warm = count == WARM_IDS;
        SplittableRandom random = new SplittableRandom(seed);
        long found = 0;
        long nanoseconds = 0;
        ChunkId[] ids = new ChunkId[1000];
        for (int done = 0; done < count; done += ids.length) {
            for (int i = 0; i < ids.length; i++) {
                ids[i] = there
                        ? id(random.nextLong(entries), entries)
                        : new ChunkId(random.nextLong(), random.nextLong(), 0, 0);
            }
            long start = warm ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
            for (ChunkId id : ids) {
                found += index.places(id).size();
            }
            nanoseconds += (warm ? THREADS.getCurrentThreadCpuTime() : System.nanoTime()) - start;
        }
        if (found != (there ? count : 0)) {
            throw new IllegalStateException(found + " of " + count + " were found.");
        }
        return nanoseconds / 1e3 / count;
    }
}
