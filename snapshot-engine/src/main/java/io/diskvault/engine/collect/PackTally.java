package io.diskvault.engine.collect;

import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.pack.PackTable;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The packs that exist, in the order of their ids, and how much of each is live. Held in arrays: about 40 bytes for
/// each pack.
final class PackTally {

    private static final int FIRST_CAPACITY = 1024;

    private long[] high = new long[FIRST_CAPACITY];
    private long[] low = new long[FIRST_CAPACITY];
    private long[] fileBytes = new long[FIRST_CAPACITY];
    private long[] liveBytes = new long[FIRST_CAPACITY];
    private int[] liveChunks = new int[FIRST_CAPACITY];
    private int count;
    private long allBytes;
    private long allLiveBytes;

    /// Lists all packs, one of their directories at a time.
    static PackTally of(Directory directory) throws IOException {
        PackTally tally = new PackTally();
        List<String> directories =
                directory.list(PackId.DIRECTORY).stream().sorted().toList();
        for (String name : directories) {
            List<PackId> packs = directory.list(PackId.DIRECTORY + "/" + name).stream()
                    .flatMap(file -> PackId.ofFileName(file).stream())
                    .filter(pack -> pack.directory().endsWith("/" + name))
                    .sorted()
                    .toList();
            for (PackId pack : packs) {
                Optional<Long> size = sizeOf(directory, pack);
                if (size.isPresent()) {
                    tally.add(pack, size.get());
                }
            }
        }
        return tally;
    }

    /// Empty when the pack was deleted since it was listed.
    private static Optional<Long> sizeOf(Directory directory, PackId pack) throws IOException {
        try (InputFile file = directory.open(pack.file())) {
            return Optional.of(file.sizeBytes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void add(PackId pack, long bytes) {
        if (count == high.length) {
            int capacity = count * 2;
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
            fileBytes = Arrays.copyOf(fileBytes, capacity);
            liveBytes = Arrays.copyOf(liveBytes, capacity);
            liveChunks = Arrays.copyOf(liveChunks, capacity);
        }
        high[count] = pack.high();
        low[count] = pack.low();
        fileBytes[count] = bytes;
        allBytes += bytes;
        count++;
    }

    int count() {
        return count;
    }

    PackId pack(int number) {
        return new PackId(high[number], low[number]);
    }

    /// Which number a pack has; negative when it does not exist.
    int numberOf(PackId pack) {
        int from = 0;
        int to = count - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = pack(middle).compareTo(pack);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return -1;
    }

    void addLive(int number, int sealedBytes) {
        liveBytes[number] += sealedBytes;
        allLiveBytes += sealedBytes;
        liveChunks[number]++;
    }

    /// How long all packs are together.
    long allBytes() {
        return allBytes;
    }

    /// How much of all packs is live, as far as is known.
    long allLiveBytes() {
        return Math.min(allLiveBytes, allBytes);
    }

    long fileBytes(int number) {
        return fileBytes[number];
    }

    int liveChunks(int number) {
        return liveChunks[number];
    }

    /// How long the pack would be with nothing but its live chunks; 0 when it has none.
    long liveFileBytes(int number) {
        return liveChunks[number] == 0 ? 0 : PackTable.fileBytes(liveChunks[number], liveBytes[number]);
    }

    /// How much of the pack is dead, from 0 to 1.
    double deadShare(int number) {
        return fileBytes[number] == 0 ? 1 : Math.max(0, 1 - liveFileBytes(number) / (double) fileBytes[number]);
    }
}
